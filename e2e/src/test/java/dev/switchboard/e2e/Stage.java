package dev.switchboard.e2e;

/** A house and two browsers in front of it. */
record Stage(House house, Browser hers, Browser his) implements AutoCloseable {

  static Stage of(House house) {
    return new Stage(house, new Browser(), new Browser());
  }

  /** Somebody at the first browser who has the page open. */
  Person her(String name) {
    return Person.at(house, hers, name);
  }

  /** Somebody at the second. */
  Person him(String name) {
    return Person.at(house, his, name);
  }

  @Override
  public void close() {
    hers.close();
    his.close();
    house.close();
  }
}
