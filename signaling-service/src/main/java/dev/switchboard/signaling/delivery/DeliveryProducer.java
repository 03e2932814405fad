package dev.switchboard.signaling.delivery;

import dev.switchboard.signaling.protocol.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Chooses the twin. */
@ApplicationScoped
class DeliveryProducer {

  @Produces
  @Singleton
  Delivery delivery() {
    return new MemoryDelivery(SessionId.fresh().value());
  }
}
