package dev.switchboard.signaling.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NeighboursTest {

  @Test
  void whoIsGoneIsMissedOnceWhoeverSweptIt() {
    Neighbours neighbours = new Neighbours(Duration.ZERO);
    assertThat(neighbours.missing(view("e", "a", "b"))).isEmpty();

    assertThat(neighbours.missing(view("e", "a"))).containsExactly("b");
    assertThat(neighbours.missing(view("e", "a"))).isEmpty();
  }

  @Test
  void whoComesBackIsKnownAgain() {
    Neighbours neighbours = new Neighbours(Duration.ZERO);
    neighbours.missing(view("e", "a"));
    neighbours.missing(view("e"));
    neighbours.missing(view("e", "a"));

    assertThat(neighbours.missing(view("e"))).containsExactly("a");
  }

  @Test
  void whenRedisLostItsDataNobodyIsMissedBeforeItCouldSayThatItLives() {
    Neighbours neighbours = new Neighbours(Duration.ofHours(1));
    neighbours.missing(view("e", "a"));

    assertThat(neighbours.missing(view("f"))).isEmpty();
    assertThat(neighbours.missing(view("f"))).isEmpty();
  }

  private static Lease.View view(String epoch, String... alive) {
    return new Lease.View(epoch, Set.of(alive), Set.of());
  }
}
