package dev.switchboard.signaling.ledger;

import dev.switchboard.identity.NamePattern;
import dev.switchboard.signaling.announce.Announcer;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Arrival;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.EventText;
import dev.switchboard.signaling.protocol.Leaving;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.Seat;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a single node: its death is the end of its sessions. Bounded by the connections
 * that the node accepts within one window in which a session can be had back, times the backlog.
 */
final class MemoryLedger implements Ledger {

  private static final String OK = "ok";
  private static final int PAGE = 128;

  /** An inbox so many times over the backlog is of a client that reads nothing, and given up. */
  private static final int OVERRUN = 4;

  private final String node;
  private final LedgerConfig config;
  private final Clock clock;
  private final Announcer announcer;
  private final String epoch = SessionId.fresh().value();

  private final Map<SessionId, KeptRecord> sessions = new LinkedHashMap<>();
  private final Map<Address, Set<SessionId>> peers = new HashMap<>();
  private final Map<RoomId, Room> rooms = new HashMap<>();

  MemoryLedger(String node, LedgerConfig config, Clock clock, Announcer announcer) {
    this.announcer = announcer;
    this.node = node;
    this.config = config;
    this.clock = clock;
  }

  private <T> Uni<T> step(Function<List<News>, T> step) {
    return Uni.createFrom()
        .item(() -> {
          synchronized (this) {
            return step.apply(new ArrayList<>());
          }
        });
  }

  private Uni<Void> change(Runnable step) {
    return Uni.createFrom()
        .voidItem()
        .invoke(() -> {
          synchronized (this) {
            step.run();
          }
        });
  }

  @Override
  public Uni<Opened> open(Guest guest) {
    return step(news -> {
      Set<SessionId> sharers = peers.computeIfAbsent(guest.peer(), _ -> new LinkedHashSet<>());
      if (sharers.size() >= guest.sharers()) {
        Optional<KeptRecord> oldest =
            sharers.stream()
                .flatMap(other -> found(other).stream())
                .filter(other -> !other.isAttached())
                .min(Comparator.comparing(MemoryLedger::since));
        if (oldest.isEmpty()) {
          return new Opened.Full();
        }
        finish(oldest.get(), Leaving.TIMEOUT, news);
      }
      KeptRecord kept = new KeptRecord(guest, node);
      sessions.put(guest.session(), kept);
      peers.computeIfAbsent(guest.peer(), _ -> new LinkedHashSet<>()).add(guest.session());
      announcer.opened(guest.peer(), guest.session(), guest.meta());
      return new Opened.In(hold(kept), news);
    });
  }

  private Hold hold(KeptRecord kept) {
    return new Hold(
        kept.peer.realm(),
        kept.peer.scope(),
        kept.session,
        kept.peer.name(),
        kept.node,
        kept.number,
        epoch);
  }

  private static Instant since(KeptRecord kept) {
    return kept.since == null ? Instant.MAX : kept.since;
  }

  private Optional<KeptRecord> found(SessionId session) {
    return Optional.ofNullable(sessions.get(session));
  }

  @Override
  public Uni<Returned> resume(Return back) {
    return step(_ -> {
      @Nullable KeptRecord kept = sessions.get(back.session());
      if (kept == null || !mayReturn(kept, back)) {
        return new Returned.None();
      }
      if (kept.barred) {
        return new Returned.Barred();
      }
      boolean sameEpoch = back.epoch().equals(epoch);
      if (back.seq() > kept.seq() && sameEpoch) {
        return new Returned.Ahead();
      }
      long has = Math.min(back.seq(), kept.seq());
      kept.acknowledge(has);
      Optional<Location> before =
          kept.isAttached() ? Optional.of(new Location(kept.node, kept.session)) : Optional.empty();
      kept.node = node;
      kept.number++;
      kept.give(back.next());
      kept.since = null;
      if (kept.left) {
        kept.left = false;
        announcer.opened(kept.peer, kept.session, kept.meta);
      }
      back.terms().ifPresent(terms -> kept.terms = terms);
      return new Returned.Back(
          hold(kept),
          before,
          Math.max(has, kept.acked()),
          sameEpoch,
          kept.meta,
          kept.terms,
          kept.rooms.stream().map(RoomId::name).sorted().toList());
    });
  }

  private boolean mayReturn(KeptRecord kept, Return back) {
    return kept.isGood(back.ticket())
        && kept.peer.realm().equals(back.realm())
        && kept.peer.scope().equals(back.scope())
        && !kept.overrun
        && back.name().filter(name -> !name.equals(kept.peer.name())).isEmpty()
        && (back.terms().isPresent()
            || kept.terms.until().filter(end -> !end.isAfter(clock.instant())).isEmpty());
  }

  @Override
  public Uni<Void> detach(Hold hold, boolean slow) {
    return change(() -> {
      if (lapsed(hold) == null) {
        KeptRecord kept = kept(hold);
        detach(kept);
        if (slow) {
          countAsSlow(kept);
        }
      }
    });
  }

  private void countAsSlow(KeptRecord kept) {
    Instant now = clock.instant();
    @Nullable Instant before = kept.slow;
    kept.barred = before != null && now.isBefore(before.plus(config.barWithin()));
    kept.slow = now;
  }

  @Override
  public Uni<Void> detach(String realm, SessionId session, String ticket) {
    return change(
        () -> found(session).filter(kept -> kept.isNewest(ticket)).ifPresent(this::detach));
  }

  private void detach(KeptRecord kept) {
    kept.node = "";
    kept.since = clock.instant();
    kept.left = false;
  }

  /** Why a hold is void, or null if it is not. */
  private @Nullable Ending lapsed(Hold hold) {
    @Nullable KeptRecord kept = sessions.get(hold.session());
    if (kept == null) {
      return Ending.GONE;
    }
    if (kept.number != hold.number()) {
      return Ending.ELSEWHERE;
    }
    return kept.isAttached() ? null : Ending.DETACHED;
  }

  private KeptRecord kept(Hold hold) {
    return found(hold.session()).orElseThrow();
  }

  @Override
  public Uni<Answer> end(Hold hold) {
    return held(
        hold,
        news -> {
          finish(kept(hold), Leaving.LEFT, news);
          return new Answer.Done(news);
        });
  }

  @Override
  public Uni<Answer> renew(Hold hold, Optional<Terms> terms) {
    return held(
        hold,
        news -> {
          kept(hold).confirm();
          terms.ifPresent(renewed -> kept(hold).terms = renewed);
          return new Answer.Done(news);
        });
  }

  private Uni<Answer> held(Hold hold, Function<List<News>, Answer> then) {
    return step(news -> {
      @Nullable Ending ending = lapsed(hold);
      return ending == null ? then.apply(news) : new Answer.Lapsed(ending);
    });
  }

  /** A command is done once; what came of it is told as often as it is asked for. */
  private Uni<Answer> once(
      Hold hold, String id, String subject, Function<List<News>, Optional<Reason>> command) {
    return once(hold, id, subject, command, _ -> {});
  }

  private Uni<Answer> once(
      Hold hold,
      String id,
      String subject,
      Function<List<News>, Optional<Reason>> command,
      Consumer<List<News>> again) {
    return held(
        hold,
        news -> {
          KeptRecord self = kept(hold);
          Optional<Optional<String>> before = self.repeated(id);
          if (before.isPresent()) {
            return before
                .get()
                .map(outcome -> {
                  if (outcome.equals(OK)) {
                    again.accept(news);
                    return new Answer.Done(news);
                  }
                  return refused(Reason.ofCode(outcome), subject);
                })
                .orElseGet(() -> refused(Reason.BAD_FIELD, "id"));
          }
          Optional<Reason> refusal = command.apply(news);
          self.remember(id, refusal.map(Reason::code).orElse(OK));
          return refusal
              .map(reason -> refused(reason, subject))
              .orElseGet(() -> new Answer.Done(news));
        });
  }

  private static Answer refused(Reason reason, String subject) {
    return new Answer.Refused(new Refusal(reason, subject));
  }

  @Override
  public Uni<Answer> send(Hold hold, String id, Destination to, Event event, List<String> reach) {
    return once(
        hold,
        id,
        to.name(),
        news ->
            switch (to) {
              case RoomId room ->
                  inRoom(room, hold.session())
                      ? put(hold, id, event, othersIn(room, hold.session()), news)
                      : Optional.of(Reason.NOT_IN_ROOM);
              case Address peer ->
                  put(
                      hold,
                      id,
                      event,
                      reach,
                      peers.getOrDefault(peer, Set.of()).stream()
                          .flatMap(other -> found(other).stream())
                          .toList(),
                      news);
              case Seat seat ->
                  put(
                      hold,
                      id,
                      event,
                      reach,
                      found(seat.session())
                          .filter(it -> it.peer.realm().equals(seat.realm()))
                          .filter(it -> it.peer.scope().equals(seat.scope()))
                          .stream()
                          .toList(),
                      news);
            });
  }

  private boolean inRoom(RoomId room, SessionId session) {
    return rooms.containsKey(room) && rooms.get(room).members.containsKey(session);
  }

  private List<KeptRecord> othersIn(RoomId room, SessionId session) {
    @Nullable Room present = rooms.get(room);
    return present == null
        ? List.of()
        : present.members.keySet().stream()
            .filter(other -> !other.equals(session))
            .flatMap(other -> found(other).stream())
            .toList();
  }

  private Optional<Reason> put(
      Hold hold,
      String id,
      Event event,
      List<String> reach,
      List<KeptRecord> found,
      List<News> news) {
    if (found.isEmpty()) {
      return Optional.of(Reason.UNKNOWN_PEER);
    }
    List<KeptRecord> allowed =
        found.stream()
            .filter(it -> allows(reach, it.peer.name()))
            .filter(it -> allows(it.terms.peers(), hold.name()))
            .toList();
    return allowed.isEmpty() ? Optional.of(Reason.FORBIDDEN) : put(hold, id, event, allowed, news);
  }

  private static boolean allows(List<String> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> new NamePattern(pattern).matches(name));
  }

  private Optional<Reason> put(
      Hold hold, String id, Event event, List<KeptRecord> receivers, List<News> news) {
    Map<Boolean, List<KeptRecord>> byFull =
        receivers.stream().collect(Collectors.partitioningBy(this::isFull));
    List<KeptRecord> free = byFull.getOrDefault(false, List.of());
    if (free.isEmpty() && !receivers.isEmpty()) {
      return Optional.of(Reason.BACKLOG);
    }
    int length = length(event);
    Optional<SessionId> from = Optional.of(hold.session());
    free.forEach(receiver -> append(receiver, event, length, from, id, news));
    byFull
        .getOrDefault(true, List.of())
        .forEach(full ->
            tell(kept(hold), new Event.Unread(full.peer.name(), full.session, List.of(id)), news));
    return Optional.empty();
  }

  private boolean isFull(KeptRecord kept) {
    return kept.isFull(config.backlog(), config.backlogSize().asLongValue());
  }

  private void tell(KeptRecord receiver, Event event, List<News> news) {
    tell(List.of(receiver), event, news);
  }

  private void tell(List<KeptRecord> receivers, Event event, List<News> news) {
    if (!receivers.isEmpty()) {
      int length = length(event);
      receivers.forEach(it -> append(it, event, length, Optional.empty(), "", news));
    }
  }

  /**
   * What it takes up of an inbox's bound, as the other twin counts it: worked out once an event.
   */
  private static int length(Event event) {
    return EventText.of(event).getBytes(StandardCharsets.UTF_8).length;
  }

  private void append(
      KeptRecord receiver,
      Event event,
      int length,
      Optional<SessionId> from,
      String id,
      List<News> news) {
    if (receiver.waiting() >= OVERRUN * config.backlog()) {
      receiver.overrun = true;
      return;
    }
    long number = receiver.append(event, length, from, id);
    news.add(new News(new Location(receiver.node, receiver.session), number, event));
  }

  @Override
  public Uni<Answer> join(Hold hold, String id, String room, String meta, int capacity, int most) {
    RoomId where = new RoomId(hold.realm(), hold.scope(), room);
    return once(
        hold,
        id,
        room,
        news -> enter(hold, id, where, meta, capacity, most, news),
        news -> {
          if (inRoom(where, hold.session())) {
            admit(kept(hold), id, where, news);
          }
        });
  }

  private Optional<Reason> enter(
      Hold hold, String id, RoomId where, String meta, int capacity, int most, List<News> news) {
    KeptRecord self = kept(hold);
    Room present = rooms.getOrDefault(where, new Room());
    @Nullable Member before = present.members.get(self.session);
    if (before == null && present.members.size() >= capacity) {
      return Optional.of(Reason.ROOM_FULL);
    }
    if (before == null && self.rooms.size() >= most) {
      return Optional.of(Reason.TOO_MANY_ROOMS);
    }
    rooms.put(where, present);
    Member now =
        new Member(
            self.session, before == null ? ++present.last : before.number(), hold.name(), meta);
    present.members.put(self.session, now);
    self.rooms.add(where);
    if (before == null) {
      tellOthers(where, self, new Event.MemberJoined(where.name(), now, Arrival.NEW), news);
    } else if (!before.equals(now)) {
      tellOthers(where, self, new Event.MemberUpdated(where.name(), now), news);
    }
    if (!now.equals(before)) {
      announcer.joined(where, self.session, meta);
    }
    admit(self, id, where, news);
    return Optional.empty();
  }

  private void admit(KeptRecord self, String id, RoomId room, List<News> news) {
    List<Member> others =
        membersOf(room).stream().filter(it -> !it.session().equals(self.session)).toList();
    tell(self, new Event.Admitted(id, room.name(), others), news);
  }

  private void tellOthers(RoomId room, KeptRecord self, Event event, List<News> news) {
    tell(othersIn(room, self.session), event, news);
  }

  private List<Member> membersOf(RoomId room) {
    @Nullable Room present = rooms.get(room);
    return present == null
        ? List.of()
        : present.members.values().stream()
            .sorted(Comparator.comparingLong(Member::number))
            .toList();
  }

  @Override
  public Uni<Answer> leave(Hold hold, String id, String room) {
    RoomId where = new RoomId(hold.realm(), hold.scope(), room);
    return once(
        hold,
        id,
        room,
        news -> {
          if (!inRoom(where, hold.session())) {
            return Optional.of(Reason.NOT_IN_ROOM);
          }
          exit(kept(hold), where, Leaving.LEFT, news);
          return Optional.empty();
        });
  }

  private void exit(KeptRecord self, RoomId where, Leaving why, List<News> news) {
    self.rooms.remove(where);
    @Nullable Room present = rooms.get(where);
    @Nullable Member gone = present == null ? null : present.members.remove(self.session);
    if (present == null || gone == null) {
      return;
    }
    if (present.members.isEmpty()) {
      rooms.remove(where);
    }
    tellOthers(where, self, new Event.MemberLeft(where.name(), gone, why), news);
    announcer.left(where, self.session, why);
  }

  private void exitAll(KeptRecord self, Leaving why, List<News> news) {
    List.copyOf(self.rooms).forEach(room -> exit(self, room, why, news));
  }

  /** Nobody can have the session back: senders of what it has not read are told. */
  private void finish(KeptRecord kept, Leaving why, List<News> news) {
    exitAll(kept, why, news);
    sessions.remove(kept.session);
    if (!kept.left) {
      announcer.gone(kept.session, why);
    }
    @Nullable Set<SessionId> sharers = peers.get(kept.peer);
    if (sharers != null && sharers.remove(kept.session) && sharers.isEmpty()) {
      peers.remove(kept.peer);
    }
    kept.unread()
        .forEach((from, ids) ->
            found(from)
                .ifPresent(sender ->
                    tell(sender, new Event.Unread(kept.peer.name(), kept.session, ids), news)));
  }

  @Override
  public Uni<Answer> describe(Hold hold, String id, String meta) {
    return once(
        hold,
        id,
        "",
        news -> {
          KeptRecord self = kept(hold);
          self.meta = meta;
          announcer.described(self.session, meta);
          for (RoomId where : List.copyOf(self.rooms)) {
            Room present = rooms.getOrDefault(where, new Room());
            Member now =
                present.members.computeIfPresent(
                    self.session,
                    (_, before) -> new Member(self.session, before.number(), before.name(), meta));
            if (now != null) {
              tellOthers(where, self, new Event.MemberUpdated(where.name(), now), news);
              announcer.joined(where, self.session, meta);
            }
          }
          return Optional.empty();
        });
  }

  @Override
  public Uni<List<Member>> members(RoomId room) {
    return step(_ -> membersOf(room));
  }

  @Override
  public Uni<Void> acknowledge(String realm, List<Acknowledged> acknowledged) {
    return change(() ->
        acknowledged.stream()
            .filter(one -> lapsed(one.hold()) == null)
            .forEach(one -> kept(one.hold()).acknowledge(one.number())));
  }

  @Override
  public Uni<Reading> read(Hold hold, long after) {
    return step(_ -> {
      @Nullable Ending ending = lapsed(hold);
      return ending == null
          ? new Reading.Entries(kept(hold).after(after, PAGE))
          : new Reading.Lapsed(ending);
    });
  }

  @Override
  public Uni<List<Tail>> tails(String realm, List<Hold> holds) {
    return step(_ -> holds.stream().map(this::tail).toList());
  }

  private Tail tail(Hold hold) {
    @Nullable Ending ending = lapsed(hold);
    return ending == null ? new Tail.At(kept(hold).seq()) : new Tail.Lapsed(ending);
  }

  /** The only node there is sweeps nobody. */
  @Override
  public Uni<List<News>> sweep(String dead, Duration silent) {
    return Uni.createFrom().item(List.of());
  }

  @Override
  public Uni<List<News>> due() {
    return step(news -> {
      Instant now = clock.instant();
      for (KeptRecord kept : List.copyOf(sessions.values())) {
        @Nullable Instant since = kept.since;
        if (kept.overrun) {
          finish(kept, Leaving.TIMEOUT, news);
        } else if (since != null && !now.isBefore(since.plus(config.resumeWithin()))) {
          finish(kept, kept.why, news);
        } else if (since != null && !kept.left && !now.isBefore(since.plus(config.leaveAfter()))) {
          exitAll(kept, kept.why, news);
          announcer.gone(kept.session, kept.why);
          kept.left = true;
        }
      }
      return news;
    });
  }

  @Override
  public Uni<List<Hold>> held() {
    return step(
        _ -> sessions.values().stream().filter(KeptRecord::isAttached).map(this::hold).toList());
  }

  /** The members of a room, and the highest number it gave. */
  private static final class Room {

    private final Map<SessionId, Member> members = new LinkedHashMap<>();
    private long last;
  }
}
