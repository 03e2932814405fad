package dev.switchboard.signaling.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.signaling.directory.Directory.Claim;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every directory does, whatever it keeps its names in. */
abstract class DirectoryContract {

  private static final Address ADA = new Address("default", "call", "ada");

  private final Location here = new Location("node-1", SessionId.fresh());
  private final Location there = new Location("node-2", SessionId.fresh());

  abstract Directory directory();

  @Test
  void aNameThatIsFreeIsGranted() {
    assertThat(get(directory().claim(ADA, here))).isEqualTo(Claim.GRANTED);
    assertThat(get(directory().find(ADA))).contains(here);
  }

  @Test
  void aNameThatIsHeldIsNot() {
    get(directory().claim(ADA, here));

    assertThat(get(directory().claim(ADA, there))).isEqualTo(Claim.TAKEN);
    assertThat(get(directory().find(ADA))).contains(here);
  }

  @Test
  void claimingAgainWhatOneHoldsIsGranted() {
    get(directory().claim(ADA, here));

    assertThat(get(directory().claim(ADA, here))).isEqualTo(Claim.GRANTED);
  }

  @Test
  void aNameThatWasReleasedIsFree() {
    get(directory().claim(ADA, here));
    directory().release(ADA, here.session()).await().indefinitely();

    assertThat(get(directory().find(ADA))).isEmpty();
    assertThat(get(directory().claim(ADA, there))).isEqualTo(Claim.GRANTED);
  }

  @Test
  void aReleaseThatComesLateDoesNotTakeTheNameFromItsNextHolder() {
    get(directory().claim(ADA, there));
    directory().release(ADA, here.session()).await().indefinitely();

    assertThat(get(directory().find(ADA))).contains(there);
  }

  @Test
  void realmsAndScopesDoNotMeet() {
    get(directory().claim(ADA, here));

    assertThat(get(directory().find(new Address("acme", "call", "ada")))).isEmpty();
    assertThat(get(directory().find(new Address("default", "rooms", "ada")))).isEmpty();
  }

  @Test
  void ofAHundredThatRaceForANameOneGetsIt() throws InterruptedException, ExecutionException {
    try (ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Claim>> claims =
          IntStream.range(0, 100)
              .mapToObj(i ->
                  racers.submit(
                      () -> get(directory().claim(ADA, new Location("node", SessionId.fresh())))))
              .toList();
      int granted = 0;
      for (Future<Claim> claim : claims) {
        granted += claim.get() == Claim.GRANTED ? 1 : 0;
      }
      assertThat(granted).isEqualTo(1);
    }
  }

  private static <T> T get(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }
}
