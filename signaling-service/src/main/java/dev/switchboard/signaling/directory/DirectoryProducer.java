package dev.switchboard.signaling.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Chooses the twin. */
@ApplicationScoped
class DirectoryProducer {

  @Produces
  @Singleton
  Directory directory() {
    return new MemoryDirectory();
  }
}
