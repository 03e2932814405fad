package dev.switchboard.client.history;

import dev.switchboard.client.Answer;
import dev.switchboard.client.Client;
import dev.switchboard.client.Counts;
import dev.switchboard.client.Event;
import dev.switchboard.client.Loop;
import dev.switchboard.client.Member;
import dev.switchboard.client.Options;
import dev.switchboard.client.Target;
import dev.switchboard.client.history.Entry.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A client that keeps a history. What it sends carries a stamp. Methods may be called from any
 * thread; answers complete on the loop's.
 */
public final class Recorder {

  private static final Duration FOR_GOOD = Duration.ofDays(365);

  private final Loop loop;
  private final String peer;
  private final int most;
  private final Client client;
  private final List<Entry> entries = new ArrayList<>();
  private boolean whole = true;
  private long stamps;
  private long welcomed;
  private volatile Optional<String> session = Optional.empty();
  private volatile boolean connected;

  private Recorder(Loop loop, String peer, Options options, int most) {
    this.loop = loop;
    this.peer = peer;
    this.most = most;
    this.client = Client.connect(loop, options, this::heard);
  }

  /**
   * Begins to connect.
   *
   * @param most so many entries are kept; what comes after them makes the history incomplete
   */
  public static Recorder connect(Loop loop, String peer, Options options, int most) {
    return new Recorder(loop, peer, options, most);
  }

  public String peer() {
    return peer;
  }

  /** Its newest session, once there is one. */
  public Optional<String> session() {
    return session;
  }

  public boolean isConnected() {
    return connected;
  }

  /** Sends a body, which must need no escapes in JSON, under a fresh stamp. */
  public CompletableFuture<Answer> signal(Target target, String body) {
    return onLoop(() -> {
      String stamp = peer + "-" + ++stamps;
      String data = Stamp.on(stamp, body);
      add(new Entry.Sent(System.nanoTime(), stamp, target, data));
      return client
          .signal(target, data)
          .thenApply(answer -> {
            add(new Entry.Answered(System.nanoTime(), stamp, answer.id(), outcome(answer)));
            return answer;
          });
    });
  }

  private static Outcome outcome(Answer answer) {
    return switch (answer) {
      case Answer.Ok _ -> Outcome.OK;
      case Answer.Refused _ -> Outcome.REFUSED;
      case Answer.Unknown _ -> Outcome.UNKNOWN;
    };
  }

  public CompletableFuture<Answer> join(String room) {
    return onLoop(() -> {
      long asked = System.nanoTime();
      add(new Entry.Joining(asked, room));
      return client
          .join(room)
          .thenApply(answer -> {
            joined(room, asked, answer);
            return answer;
          });
    });
  }

  private void joined(String room, long asked, Answer answer) {
    if (answer instanceof Answer.Ok ok) {
      List<String> sessions = ok.peers().stream().map(Member::session).toList();
      add(new Entry.Joined(System.nanoTime(), asked, room, sessions));
    }
  }

  public CompletableFuture<Answer> leave(String room) {
    return onLoop(() -> {
      long asked = System.nanoTime();
      add(new Entry.Leaving(asked, room));
      return client
          .leave(room)
          .thenApply(answer -> {
            if (answer instanceof Answer.Ok) {
              add(new Entry.Left(System.nanoTime(), asked, room));
            }
            return answer;
          });
    });
  }

  /** Breaks its own network, for so long at least. */
  public void breakOff(Duration away) {
    client.breakOff(away);
  }

  /** Says bye. */
  public void bye() {
    client.close();
  }

  /** Goes without a word and does not come back. */
  public void vanish() {
    loop.execute(() -> add(new Entry.Ended(System.nanoTime(), 1006, "vanished")));
    client.breakOff(FOR_GOOD);
  }

  public CompletableFuture<Counts> counts() {
    return client.counts();
  }

  /** What was recorded so far. */
  public History history() {
    synchronized (entries) {
      return new History(peer, entries, whole);
    }
  }

  private void heard(Event event) {
    long now = System.nanoTime();
    switch (event) {
      case Event.Welcomed(
              String _,
              String id,
              String epoch,
              boolean resumed,
              boolean recovered,
              List<String> rooms) -> {
        session = Optional.of(id);
        connected = true;
        welcomed = now;
        add(new Entry.Welcomed(now, id, epoch, resumed, recovered, rooms));
      }
      case Event.Signalled(
              long seq,
              Optional<String> room,
              String from,
              String sender,
              boolean _,
              String data) ->
          add(new Entry.Received(now, seq, room, from, sender, data));
      case Event.PeerJoined(long _, String room, Member member) ->
          add(new Entry.PeerJoined(now, room, member.session()));
      case Event.PeerLeft(long _, String room, String _, String gone, String reason) ->
          add(new Entry.PeerLeft(now, room, gone, reason));
      case Event.Rejoined(String room, Answer answer) -> joined(room, welcomed, answer);
      case Event.Undelivered(
              String to,
              Optional<String> unreached,
              List<Long> ids,
              Optional<String> _) ->
          add(new Entry.Undelivered(now, to, unreached, ids));
      case Event.Gap(long expected, long got) -> add(new Entry.Missed(now, expected, got));
      case Event.Lost(int code) -> {
        connected = false;
        add(new Entry.Lost(now, code));
      }
      case Event.Closed(int code, String reason) -> {
        connected = false;
        add(new Entry.Ended(now, code, reason));
      }
      case Event.PeerUpdated _, Event.TokenExpiring _, Event.Draining _, Event.Complaint _ -> {}
    }
  }

  private void add(Entry entry) {
    synchronized (entries) {
      if (entries.size() < most) {
        entries.add(entry);
      } else {
        whole = false;
      }
    }
  }

  private CompletableFuture<Answer> onLoop(Supplier<CompletableFuture<Answer>> command) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    loop.execute(() -> {
      var _ = command.get().thenAccept(answer::complete);
    });
    return answer;
  }
}
