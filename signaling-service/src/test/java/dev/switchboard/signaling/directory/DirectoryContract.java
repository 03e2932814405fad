package dev.switchboard.signaling.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.signaling.directory.Directory.Claim;
import dev.switchboard.signaling.directory.Directory.Entry;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.RoomId;
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
  private static final RoomId TEA = new RoomId("default", "rooms", "tea");

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

  @Test
  void whoEntersARoomLearnsWhoIsInIt() {
    assertThat(get(directory().join(TEA, here, 9))).isEqualTo(new Entry.Entered(List.of()));
    assertThat(get(directory().join(TEA, there, 9))).isEqualTo(new Entry.Entered(List.of(here)));
    assertThat(get(directory().members(TEA))).containsExactly(here, there);
  }

  @Test
  void enteringAgainChangesNothing() {
    get(directory().join(TEA, here, 2));
    get(directory().join(TEA, there, 2));

    assertThat(get(directory().join(TEA, here, 2))).isEqualTo(new Entry.Entered(List.of(there)));
    assertThat(get(directory().members(TEA))).containsExactly(here, there);
  }

  @Test
  void aFullRoomLetsNobodyIn() {
    get(directory().join(TEA, here, 1));

    assertThat(get(directory().join(TEA, there, 1))).isEqualTo(new Entry.Full());
    assertThat(get(directory().members(TEA))).containsExactly(here);
  }

  @Test
  void whoLeavesARoomLearnsWhoStays() {
    get(directory().join(TEA, here, 9));
    get(directory().join(TEA, there, 9));

    assertThat(get(directory().leave(TEA, here.session()))).containsExactly(there);
    assertThat(get(directory().leave(TEA, here.session()))).isEmpty();
    assertThat(get(directory().leave(TEA, there.session()))).isEmpty();
    assertThat(get(directory().members(TEA))).isEmpty();
  }

  @Test
  void roomsOfEqualNameInTwoRealmsAreTwo() {
    get(directory().join(TEA, here, 9));

    assertThat(get(directory().members(new RoomId("acme", "rooms", "tea")))).isEmpty();
    assertThat(get(directory().members(new RoomId("default", "v1", "tea")))).isEmpty();
  }

  @Test
  void ofAHundredThatRaceForTwoPlacesTwoGetIn() throws InterruptedException, ExecutionException {
    try (ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Entry>> entries =
          IntStream.range(0, 100)
              .mapToObj(i ->
                  racers.submit(
                      () -> get(directory().join(TEA, new Location("node", SessionId.fresh()), 2))))
              .toList();
      int entered = 0;
      for (Future<Entry> entry : entries) {
        entered += entry.get() instanceof Entry.Entered ? 1 : 0;
      }
      assertThat(entered).isEqualTo(2);
      assertThat(get(directory().members(TEA))).hasSize(2);
    }
  }

  private static <T> T get(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }
}
