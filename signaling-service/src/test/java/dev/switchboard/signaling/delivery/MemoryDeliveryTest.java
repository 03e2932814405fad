package dev.switchboard.signaling.delivery;

class MemoryDeliveryTest extends DeliveryContract {

  private final Delivery delivery = new MemoryDelivery("here");

  @Override
  Delivery sender() {
    return delivery;
  }

  @Override
  Delivery receiver() {
    return delivery;
  }
}
