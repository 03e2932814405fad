package dev.switchboard.presence.view;

import org.jspecify.annotations.Nullable;

/** JSON that others wrote, which is handed on as it is. */
final class Raw {

  private Raw() {}

  static @Nullable String orNull(String json) {
    return json.isEmpty() ? null : json;
  }
}
