package dev.switchboard.turn.stun;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Counts what became of each datagram; no label says who sent it. */
@Singleton
class StunOutcomes {

  private final Replies datagrams;

  StunOutcomes(MeterRegistry registry) {
    datagrams =
        new Replies(
            registry,
            "switchboard.stun.datagrams",
            "Datagrams that came to the STUN responder, by what became of them");
  }

  void count(Reply reply) {
    datagrams.count(reply);
  }

  void countFailure() {
    datagrams.countFailure();
  }
}
