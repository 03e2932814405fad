package dev.switchboard.presence.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A view as the text that is sent or kept. */
public final class ViewText {

  private ViewText() {}

  /** The JSON of a view, which can always be written. */
  public static String of(ObjectMapper json, Object view) {
    try {
      return json.writeValueAsString(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view can always be written", e);
    }
  }
}
