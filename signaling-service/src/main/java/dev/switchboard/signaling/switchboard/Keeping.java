package dev.switchboard.signaling.switchboard;

import static dev.switchboard.signaling.switchboard.Outcomes.NOTHING;
import static dev.switchboard.signaling.switchboard.Outcomes.eventually;

import dev.switchboard.bus.RedisGoneException;
import dev.switchboard.identity.Caller;
import dev.switchboard.identity.Grants;
import dev.switchboard.identity.NamePattern;
import dev.switchboard.identity.Realm;
import dev.switchboard.signaling.delivery.Delivery;
import dev.switchboard.signaling.delivery.Numbered;
import dev.switchboard.signaling.directory.Directory;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.ledger.Guest;
import dev.switchboard.signaling.ledger.Hold;
import dev.switchboard.signaling.ledger.Ledger;
import dev.switchboard.signaling.ledger.Ledger.Answer;
import dev.switchboard.signaling.ledger.Ledger.Opened;
import dev.switchboard.signaling.ledger.Ledger.Returned;
import dev.switchboard.signaling.ledger.News;
import dev.switchboard.signaling.ledger.Return;
import dev.switchboard.signaling.ledger.Terms;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.CloseCode;
import dev.switchboard.signaling.protocol.Command;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.Outcome;
import dev.switchboard.signaling.protocol.Payload;
import dev.switchboard.signaling.protocol.PeerName;
import dev.switchboard.signaling.protocol.Refusal;
import dev.switchboard.signaling.protocol.Refusal.Reason;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.Seat;
import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.signaling.protocol.Signal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What kept sessions do. What was answered stands in the ledger. */
@ApplicationScoped
class Keeping {

  private static final Logger LOG = Logger.getLogger(Keeping.class);

  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LATER = Duration.ofSeconds(1);

  /**
   * How long a command may stay without an answer, because Redis does not say what became of it.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Directory directory;
  private final Ledger ledger;

  /** What the ledger had here at the last look, and nobody. */
  private volatile Set<Hold> strayed = Set.of();

  private final Delivery delivery;
  private final Inboxes inboxes;
  private final Tally tally;

  Keeping(Directory directory, Ledger ledger, Delivery delivery, Inboxes inboxes, Tally tally) {
    this.directory = directory;
    this.ledger = ledger;
    this.delivery = delivery;
    this.inboxes = inboxes;
    this.tally = tally;
  }

  /**
   * Does what the client asks for.
   *
   * @param id what the client wants to know the answer by; rises within the session
   */
  Uni<Void> handle(KeptSession session, Command command, Optional<String> id, Reply reply) {
    @Nullable Hold hold = session.hold();
    if (hold == null) {
      return switch (command) {
        case Command.Claim claim -> begin(session, claim, true, reply);
        case Command.Resume resume -> resume(session, resume, reply);
        default -> refuse(reply, Reason.NO_NAME, "");
      };
    }
    confirm(session, hold);
    return switch (command) {
      case Command.Send(String to, Signal _, Payload payload) ->
          send(session, hold, id, new Address(hold.realm(), hold.scope(), to), payload, reply);
      case Command.SendToSession(SessionId to, Payload payload) ->
          send(session, hold, id, new Seat(hold.realm(), hold.scope(), to), payload, reply);
      case Command.Publish(String room, Payload payload) ->
          publish(session, hold, id, room, payload, reply);
      case Command.Join join -> join(session, hold, id, join, reply);
      case Command.Leave(String room) ->
          done(session, () -> ledger.leave(hold, idOf(id), room), new Outcome.Done(), reply);
      case Command.Describe(String meta) ->
          done(session, () -> ledger.describe(hold, idOf(id), meta), new Outcome.Done(), reply);
      case Command.List list -> list(hold, list, reply);
      case Command.Depart _ -> depart(session, hold, reply);
      case Command.Acknowledge(long seq) -> acknowledge(session, hold, seq, reply);
      case Command.Claim _,
          Command.Resume _,
          Command.HangUp _,
          Command.Whisper _,
          Command.Reflect _ ->
          refuse(reply, Reason.UNKNOWN_COMMAND, command.getClass().getSimpleName());
    };
  }

  /** A client that numbers nothing can repeat nothing. */
  private static String idOf(Optional<String> id) {
    return id.orElseThrow(() -> new IllegalArgumentException("a command without an id"));
  }

  private static Uni<Void> refuse(Reply reply, Reason reason, String subject) {
    reply.tell(new Outcome.Refused(new Refusal(reason, subject)));
    return NOTHING;
  }

  private Uni<Void> begin(
      KeptSession session, Command.Claim claim, boolean recovered, Reply reply) {
    Optional<Caller> caller = session.caller();
    if (caller.isEmpty()) {
      return refuse(reply, Reason.BAD_TOKEN, "A bearer token is needed; none came.");
    }
    String name = claim.name().or(caller.get()::name).orElse("");
    if (!PeerName.isValid(name)) {
      return refuse(reply, Reason.BAD_NAME, "");
    }
    if (!caller.get().maySpeakAs(name)) {
      return refuse(reply, Reason.NOT_YOUR_NAME, "");
    }
    if (!directory.isReachable()) {
      return refuse(reply, Reason.UNAVAILABLE, "");
    }
    Address peer = new Address(caller.get().realm().name(), session.scope(), name);
    ResumeTicket ticket = ResumeTicket.fresh(session.id(), peer.realm());
    String hash = ticket.hash(session.scope());
    // What others send as soon as it is there must not come before it is.
    delivery.attach(session.id(), session);
    return ledger
        .open(
            new Guest(peer, session.id(), claim.meta(), claim.sharers(), hash, terms(caller.get())))
        .onFailure()
        .invoke(() -> {
          delivery.detach(session.id(), session);
          background(() -> ledger.detach(peer.realm(), session.id(), hash));
        })
        .chain(opened ->
            switch (opened) {
              case Opened.Full _ -> {
                delivery.detach(session.id(), session);
                yield refuse(reply, Reason.NAME_TAKEN, "");
              }
              case Opened.In(Hold hold, List<News> news) -> {
                tell(news, session.trace());
                yield attach(
                    session,
                    hold,
                    0,
                    false,
                    welcome(hold, ticket, 0, false, recovered, claim.meta(), List.of()),
                    reply);
              }
            });
  }

  private static Outcome welcome(
      Hold hold,
      ResumeTicket ticket,
      long seq,
      boolean resumed,
      boolean recovered,
      String meta,
      List<String> rooms) {
    return new Outcome.Welcomed(
        hold.name(),
        hold.session(),
        ticket.text(),
        hold.epoch(),
        seq,
        resumed,
        recovered,
        meta,
        rooms);
  }

  private Uni<Void> attach(
      KeptSession session, Hold hold, long from, boolean resumed, Outcome welcome, Reply reply) {
    if (!session.begin(hold, from, resumed, () -> reply.tell(welcome))) {
      delivery.detach(session.id(), session);
      return eventually(ledger.detach(hold, false));
    }
    inboxes.watch(session);
    return NOTHING;
  }

  private Uni<Void> resume(KeptSession session, Command.Resume resume, Reply reply) {
    Optional<ResumeTicket> ticket =
        ResumeTicket.parse(resume.ticket())
            .filter(it -> session.caller().filter(caller -> !isOf(caller, it)).isEmpty());
    if (ticket.isEmpty()) {
      return afresh(session, resume, reply);
    }
    if (!directory.isReachable()) {
      return refuse(reply, Reason.UNAVAILABLE, "");
    }
    ResumeTicket presented = ticket.get();
    ResumeTicket next = ResumeTicket.fresh(presented.session(), presented.realm());
    String hash = next.hash(session.scope());
    Optional<Caller> known = session.caller().filter(caller -> caller.name().isPresent());
    return ledger
        .resume(
            new Return(
                presented.realm(),
                session.scope(),
                presented.session(),
                presented.hash(session.scope()),
                hash,
                resume.epoch(),
                resume.seq(),
                known
                    .flatMap(Caller::name)
                    .or(() -> resume.otherwise().flatMap(Command.Claim::name)),
                known.map(Keeping::terms)))
        .onFailure()
        .invoke(() -> background(() -> ledger.detach(presented.realm(), presented.session(), hash)))
        .chain(returned ->
            switch (returned) {
              case Returned.None _ -> afresh(session, resume, reply);
              case Returned.Ahead _ -> refuse(reply, Reason.BAD_FIELD, "seq");
              case Returned.Barred _ -> {
                session.close(CloseCode.SLOW_AGAIN);
                yield NOTHING;
              }
              case Returned.Back back -> goOn(session, next, back, reply);
            });
  }

  private static boolean isOf(Caller caller, ResumeTicket ticket) {
    return caller.realm().name().equals(ticket.realm());
  }

  /** What was under way for the session that it asked for is lost, and it is told so. */
  private Uni<Void> afresh(KeptSession session, Command.Resume resume, Reply reply) {
    tally.resumed("fresh");
    Optional<Command.Claim> claim =
        resume
            .otherwise()
            .filter(
                it -> it.name().isPresent() || session.caller().flatMap(Caller::name).isPresent());
    return claim.isPresent()
        ? begin(session, claim.get(), false, reply)
        : refuse(reply, Reason.BAD_TICKET, "");
  }

  private Uni<Void> goOn(
      KeptSession session, ResumeTicket ticket, Returned.Back back, Reply reply) {
    Hold hold = back.hold();
    tally.resumed(back.recovered() ? "recovered" : "lost");
    if (session.caller().isEmpty()) {
      session.renew(callerOf(hold, back.terms()));
    }
    back.before()
        .filter(before -> !before.node().equals(delivery.node()))
        .ifPresent(before ->
            delivery.note(
                new Event.Superseded(),
                session.trace(),
                List.of(new Numbered(before, hold.number()))));
    delivery.attach(hold.session(), session);
    Outcome welcome =
        welcome(hold, ticket, back.from(), true, back.recovered(), back.meta(), back.rooms());
    return attach(session, hold, back.from(), true, welcome, reply)
        .invoke(() -> inboxes.catchUp(session));
  }

  private static Caller callerOf(Hold hold, Terms terms) {
    return new Caller(
        new Realm(hold.realm()),
        Optional.of(hold.name()),
        new Grants(
            terms.rooms().stream().map(NamePattern::new).toList(),
            terms.peers().stream().map(NamePattern::new).toList(),
            false,
            Optional.empty(),
            Optional.empty()),
        terms.until());
  }

  private static Terms terms(Caller caller) {
    return new Terms(
        caller.expiresAt(), globs(caller.grants().rooms()), globs(caller.grants().peers()));
  }

  private static List<String> globs(List<NamePattern> patterns) {
    return patterns.stream().map(NamePattern::glob).toList();
  }

  /** From now on it may do what a newer token grants. */
  void renew(KeptSession session, Caller caller) {
    session.renew(caller);
    @Nullable Hold hold = session.hold();
    if (hold != null) {
      background(() -> ledger.renew(hold, Optional.of(terms(caller))).replaceWithVoid());
    }
  }

  /** The ticket before the newest is worth nothing once the client has shown that it got that. */
  private void confirm(KeptSession session, Hold hold) {
    if (session.confirms()) {
      background(() -> ledger.renew(hold, Optional.empty()).replaceWithVoid());
    }
  }

  private static void background(Supplier<Uni<Void>> step) {
    eventually(Uni.createFrom().deferred(step::get)).subscribe().with(_ -> {}, _ -> {});
  }

  private Uni<Void> send(
      KeptSession session,
      Hold hold,
      Optional<String> id,
      Destination to,
      Payload payload,
      Reply reply) {
    Event event = new Event.Received(hold.name(), hold.session(), Signal.DATA, payload);
    return done(
            session,
            () -> ledger.send(hold, idOf(id), to, event, reach(session)),
            new Outcome.Done(),
            reply)
        .invoke(() -> tally.relayed(hold.scope(), Signal.DATA));
  }

  private static List<String> reach(KeptSession session) {
    return session.caller().map(caller -> globs(caller.grants().peers())).orElse(List.of());
  }

  private Uni<Void> publish(
      KeptSession session,
      Hold hold,
      Optional<String> id,
      String room,
      Payload payload,
      Reply reply) {
    Member self = Member.newcomer(hold.session(), hold.name(), "");
    Event event = new Event.Published(room, self, payload);
    RoomId to = new RoomId(hold.realm(), hold.scope(), room);
    return done(
            session,
            () -> ledger.send(hold, idOf(id), to, event, List.of()),
            new Outcome.Done(),
            reply)
        .invoke(() -> tally.published(hold.scope()));
  }

  /** The client is told by its inbox that it is in. */
  private Uni<Void> join(
      KeptSession session, Hold hold, Optional<String> id, Command.Join join, Reply reply) {
    String room = join.room();
    if (!PeerName.isValid(room)) {
      return refuse(reply, Reason.BAD_ROOM, room);
    }
    if (!session.caller().map(caller -> caller.grants().allowsRoom(room)).orElse(false)) {
      return refuse(reply, Reason.FORBIDDEN, room);
    }
    return done(
        session,
        () ->
            ledger.join(hold, idOf(id), room, join.meta(), join.capacity(), Memberships.MAX_ROOMS),
        null,
        reply);
  }

  private Uni<Void> list(Hold hold, Command.List list, Reply reply) {
    return ledger
        .members(new RoomId(hold.realm(), hold.scope(), list.room()))
        .invoke(members ->
            reply.tell(
                members.stream().anyMatch(it -> it.session().equals(hold.session()))
                    ? Rooms.page(list, members)
                    : new Outcome.Refused(new Refusal(Reason.NOT_IN_ROOM, list.room()))))
        .replaceWithVoid();
  }

  private Uni<Void> depart(KeptSession session, Hold hold, Reply reply) {
    return done(
            session,
            () -> inboxes.takeOut(hold).chain(() -> ledger.end(hold)),
            new Outcome.Done(),
            reply)
        .invoke(() -> detached(session));
  }

  private Uni<Void> acknowledge(KeptSession session, Hold hold, long seq, Reply reply) {
    if (seq > session.told()) {
      return refuse(reply, Reason.BAD_FIELD, "seq");
    }
    inboxes.acknowledged(hold, seq);
    return NOTHING;
  }

  /**
   * Does a step until it is known what became of it. Where Redis was not asked at all the client is
   * refused; where it is not known whether it did what it was asked, it is asked again under the
   * same id.
   *
   * @param outcome told when it is done; null if its inbox tells
   */
  private Uni<Void> done(
      KeptSession session, Supplier<Uni<Answer>> step, @Nullable Outcome outcome, Reply reply) {
    if (!directory.isReachable()) {
      return refuse(reply, Reason.UNAVAILABLE, "");
    }
    return Uni.createFrom()
        .deferred(step::get)
        .onFailure(Keeping::mayHaveBeenDone)
        .recoverWithUni(() ->
            Uni.createFrom()
                .deferred(step::get)
                .onFailure(RedisGoneException.class)
                .retry()
                .withBackOff(SOON, LATER)
                .expireIn(PATIENCE.toMillis()))
        .map(Optional::of)
        .onFailure(failure -> !isRefusal(failure))
        .recoverWithItem(() -> {
          session.close(CloseCode.NO_ANSWER);
          return Optional.empty();
        })
        .invoke(known -> known.ifPresent(answer -> answered(session, answer, outcome, reply)))
        .replaceWithVoid();
  }

  private static boolean isRefusal(Throwable failure) {
    return failure instanceof RedisGoneException gone && gone.isNotDone();
  }

  private static boolean mayHaveBeenDone(Throwable failure) {
    return failure instanceof RedisGoneException && !isRefusal(failure);
  }

  private void answered(
      KeptSession session, Answer answer, @Nullable Outcome outcome, Reply reply) {
    switch (answer) {
      case Answer.Done(List<News> news) -> {
        tell(news, session.trace());
        if (outcome != null) {
          reply.tell(outcome);
        }
      }
      case Answer.Refused(Refusal refusal) -> reply.tell(new Outcome.Refused(refusal));
      case Answer.Lapsed(var ending) -> session.lapse(ending);
    }
  }

  /** Brings what stands in inboxes now to those who are attached. */
  void tell(List<News> news, String trace) {
    int i = 0;
    while (i < news.size()) {
      Event event = news.get(i).event();
      List<Numbered> receivers = new ArrayList<>();
      for (; i < news.size() && isSame(news.get(i).event(), event); i++) {
        Location at = news.get(i).at();
        if (!at.node().isEmpty()) {
          receivers.add(new Numbered(at, news.get(i).number()));
        }
      }
      if (!receivers.isEmpty()) {
        delivery.note(event, trace, receivers);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // Comparing payloads would cost more than it saves.
  private static boolean isSame(Event one, Event other) {
    return one == other;
  }

  /**
   * Sessions that the ledger has here, and that nobody here has, have lost their sockets. What just
   * begins or ends is given the time until the next look.
   */
  Uni<Void> letGoOfStrays() {
    return ledger
        .held()
        .chain(held -> {
          List<Hold> unknown =
              held.stream().filter(hold -> !delivery.isAttached(hold.session())).toList();
          List<Hold> strays = unknown.stream().filter(strayed::contains).toList();
          strayed = Set.copyOf(unknown);
          if (strays.isEmpty()) {
            return NOTHING;
          }
          LOG.warnf("%d sessions had lost their sockets without a word", strays.size());
          return Uni.join()
              .all(strays.stream().map(hold -> ledger.detach(hold, false)).toList())
              .andCollectFailures()
              .replaceWithVoid();
        });
  }

  /** The socket is gone; the session stays for a while. */
  void detach(KeptSession session) {
    boolean slow = session.wasCut();
    @Nullable Hold hold = session.hold();
    if (session.end() && hold != null) {
      detached(session);
      background(() -> inboxes.takeOut(hold).chain(() -> ledger.detach(hold, slow)));
    } else {
      delivery.detach(session.id(), session);
    }
  }

  private void detached(KeptSession session) {
    var _ = session.end();
    inboxes.forget(session);
    delivery.detach(session.id(), session);
  }
}
