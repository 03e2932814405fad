package dev.switchboard.signaling.ledger;

import dev.switchboard.bus.ChangesConfig;
import dev.switchboard.bus.Pipeline;
import dev.switchboard.bus.Script;
import dev.switchboard.identity.Realm;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Address;
import dev.switchboard.signaling.protocol.Destination;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.EventText;
import dev.switchboard.signaling.protocol.Member;
import dev.switchboard.signaling.protocol.RoomId;
import dev.switchboard.signaling.protocol.Seat;
import dev.switchboard.signaling.protocol.SessionId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** The ledger of any number of nodes, in the layout of {@link LedgerKeys}: a script a step. */
final class RedisLedger implements Ledger {

  private static final Script OPEN = script("open.lua");
  private static final Script RESUME = script("resume.lua");
  private static final Script DETACH = script("detach.lua");
  private static final Script END = script("end.lua");
  private static final Script RENEW = script("renew.lua");
  private static final Script SEND = script("send.lua");
  private static final Script JOIN = script("join.lua");
  private static final Script LEAVE = script("leave.lua");
  private static final Script DESCRIBE = script("describe.lua");
  private static final Script ACKNOWLEDGE = script("acknowledge.lua");
  private static final Script READ = script("read.lua");
  private static final Script TAILS = script("tails.lua");
  private static final Script SWEEP = script("sweep.lua");
  private static final Script DUE = script("due.lua");
  private static final Script HELD = script("held.lua");

  /** How many operations of one realm may wait for Redis; further ones fail at once. */
  private static final int BOUND = 16_384;

  /** How much of an inbox is read at once, and how many sessions are dealt with at once. */
  private static final int PAGE = 128;

  private static final String REALMS = "{switchboard}:realms";

  private final String node;
  private final Redis redis;
  private final Duration timeout;
  private final LedgerConfig config;
  private final ChangesConfig changes;
  private final Pipeline outside;

  /** Bounded by the realms that tokens name. */
  private final ConcurrentMap<String, Lane> lanes = new ConcurrentHashMap<>();

  RedisLedger(
      String node, Redis redis, Duration timeout, LedgerConfig config, ChangesConfig changes) {
    this.changes = changes;
    this.node = node;
    this.redis = redis;
    this.timeout = timeout;
    this.config = config;
    this.outside = new Pipeline(redis, timeout, BOUND);
  }

  private static Script script(String name) {
    return Script.thatChanges(RedisLedger.class, "ledger.lua", name);
  }

  @Override
  public Uni<Opened> open(Guest guest) {
    Address peer = guest.peer();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            node,
            guest.session().value(),
            peer.scope(),
            peer.name(),
            EventText.described(peer.name(), guest.meta()),
            Integer.toString(guest.sharers()),
            guest.ticket()));
    arguments.addAll(terms(guest.terms()));
    Lane lane = lane(peer.realm());
    return introduced(lane, OPEN, arguments)
        .map(reply ->
            switch (reply.word()) {
              case "in" ->
                  new Opened.In(
                      new Hold(
                          peer.realm(),
                          peer.scope(),
                          guest.session(),
                          peer.name(),
                          node,
                          1,
                          reply.epoch()),
                      reply.news());
              case "full" -> new Opened.Full();
              default -> throw unexpected(reply);
            });
  }

  @Override
  public Uni<Returned> resume(Return back) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            node,
            back.session().value(),
            back.scope(),
            back.ticket(),
            back.next(),
            back.epoch(),
            Long.toString(back.seq()),
            back.name().orElse(""),
            back.terms().isPresent() ? "1" : "0"));
    arguments.addAll(back.terms().map(RedisLedger::terms).orElse(List.of("", "", "")));
    return introduced(lane(back.realm()), RESUME, arguments)
        .map(reply ->
            switch (reply.word()) {
              case "back" -> back(back, reply);
              case "none" -> new Returned.None();
              case "ahead" -> new Returned.Ahead();
              case "barred" -> new Returned.Barred();
              default -> throw unexpected(reply);
            });
  }

  private Returned back(Return asked, Reply reply) {
    String before = reply.text(2);
    String described = reply.text(4);
    return new Returned.Back(
        new Hold(
            asked.realm(),
            asked.scope(),
            asked.session(),
            reply.text(3),
            node,
            Long.parseLong(reply.text(1)),
            reply.epoch()),
        before.isEmpty() ? Optional.empty() : Optional.of(new Location(before, asked.session())),
        Long.parseLong(reply.text(5)),
        reply.text(6).equals("1"),
        described.substring(described.indexOf('\n', described.indexOf('\n') + 1) + 1),
        new Terms(
            reply.text(7).isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(Long.parseLong(reply.text(7)))),
            lines(reply.text(8)),
            lines(reply.text(9))),
        texts(reply.result().get(10)));
  }

  private static List<String> terms(Terms terms) {
    return List.of(
        terms.until().map(end -> Long.toString(end.toEpochMilli())).orElse(""),
        String.join("\n", terms.rooms()),
        String.join("\n", terms.peers()));
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
  }

  private static List<String> texts(Response responses) {
    List<String> texts = new ArrayList<>(responses.size());
    for (Response response : responses) {
      texts.add(response.toString());
    }
    return List.copyOf(texts);
  }

  @Override
  public Uni<Void> detach(Hold hold, boolean slow) {
    return detach(hold.realm(), hold.session(), Long.toString(hold.number()), "", slow);
  }

  @Override
  public Uni<Void> detach(String realm, SessionId session, String ticket) {
    return detach(realm, session, "", ticket, false);
  }

  private Uni<Void> detach(
      String realm, SessionId session, String number, String ticket, boolean slow) {
    return run(
            lane(realm),
            DETACH,
            List.of(
                node,
                session.value(),
                number,
                ticket,
                slow ? "1" : "0",
                Long.toString(config.barWithin().toMillis())))
        .replaceWithVoid();
  }

  @Override
  public Uni<Answer> end(Hold hold) {
    return ask(hold, END);
  }

  @Override
  public Uni<Answer> renew(Hold hold, Optional<Terms> terms) {
    List<String> further = new ArrayList<>();
    further.add(terms.isPresent() ? "1" : "0");
    further.addAll(terms.map(RedisLedger::terms).orElse(List.of("", "", "")));
    return ask(hold, RENEW, further.toArray(String[]::new));
  }

  @Override
  public Uni<Answer> send(Hold hold, String id, Destination to, Event event, List<String> reach) {
    String kind =
        switch (to) {
          case Address _ -> "p";
          case Seat _ -> "s";
          case RoomId _ -> "r";
        };
    List<String> arguments = held(hold);
    arguments.addAll(
        List.of(
            id,
            to.scope(),
            kind,
            to.name(),
            EventText.of(event),
            hold.name(),
            String.join("\n", reach)));
    return lane(hold.realm()).sends.send(arguments, event);
  }

  @Override
  public Uni<Answer> join(Hold hold, String id, String room, String meta, int capacity, int rooms) {
    return ask(
        hold,
        JOIN,
        id,
        hold.scope(),
        room,
        EventText.described(hold.name(), meta),
        Integer.toString(capacity),
        Integer.toString(rooms));
  }

  @Override
  public Uni<Answer> leave(Hold hold, String id, String room) {
    return ask(hold, LEAVE, id, hold.scope(), room);
  }

  @Override
  public Uni<Answer> describe(Hold hold, String id, String meta) {
    return ask(hold, DESCRIBE, id, hold.scope(), EventText.described(hold.name(), meta));
  }

  private Uni<Answer> ask(Hold hold, Script script, String... further) {
    List<String> arguments = held(hold);
    arguments.addAll(List.of(further));
    return run(lane(hold.realm()), script, arguments).map(Reply::answer);
  }

  private static List<String> held(Hold hold) {
    List<String> arguments = new ArrayList<>(12);
    arguments.add(hold.node());
    arguments.add(hold.session().value());
    arguments.add(Long.toString(hold.number()));
    arguments.add(hold.epoch());
    return arguments;
  }

  @Override
  public Uni<List<Member>> members(RoomId room) {
    return lane(room.realm())
        .send(() ->
            Request.cmd(Command.HGETALL)
                .arg(LedgerKeys.room(room.realm(), room.scope(), room.name())))
        .map(all -> {
          List<Member> members = new ArrayList<>();
          for (String session : all.getKeys()) {
            if (!session.isEmpty()) {
              members.add(EventText.member(session, all.get(session).toString()));
            }
          }
          members.sort(Comparator.comparingLong(Member::number));
          return List.copyOf(members);
        });
  }

  @Override
  public Uni<Void> acknowledge(String realm, List<Acknowledged> acknowledged) {
    return inPages(
            acknowledged,
            page -> {
              List<String> arguments = new ArrayList<>();
              for (Acknowledged one : page) {
                arguments.addAll(held(one.hold()));
                arguments.add(Long.toString(one.number()));
              }
              return run(lane(realm), ACKNOWLEDGE, arguments).replaceWith(List.<Reply>of());
            })
        .replaceWithVoid();
  }

  @Override
  public Uni<Reading> read(Hold hold, long after) {
    List<String> arguments = held(hold);
    arguments.add(Long.toString(after));
    arguments.add(Integer.toString(PAGE));
    return run(lane(hold.realm()), READ, arguments).map(RedisLedger::reading);
  }

  private static Reading reading(Reply reply) {
    if (reply.word().equals("lapsed")) {
      return new Reading.Lapsed(Ending.ofWord(reply.text(1)));
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i + 1 < reply.result().size(); i += 2) {
      entries.add(new Entry(Long.parseLong(reply.text(i)), EventText.read(reply.text(i + 1), 0)));
    }
    return new Reading.Entries(List.copyOf(entries));
  }

  @Override
  public Uni<List<Tail>> tails(String realm, List<Hold> holds) {
    return inPages(
        holds,
        page -> {
          List<String> arguments = new ArrayList<>();
          page.forEach(hold -> arguments.addAll(held(hold)));
          return run(lane(realm), TAILS, arguments)
              .map(reply -> texts(reply.result()).stream().map(RedisLedger::tail).toList());
        });
  }

  private static Tail tail(String text) {
    return Character.isDigit(text.charAt(0))
        ? new Tail.At(Long.parseLong(text))
        : new Tail.Lapsed(Ending.ofWord(text));
  }

  private static <T, R> Uni<List<R>> inPages(List<T> all, Function<List<T>, Uni<List<R>>> step) {
    List<List<T>> pages = new ArrayList<>();
    for (int i = 0; i < all.size(); i += PAGE) {
      pages.add(all.subList(i, Math.min(i + PAGE, all.size())));
    }
    return Multi.createFrom()
        .iterable(pages)
        .onItem()
        .transformToUniAndConcatenate(step::apply)
        .collect()
        .in(ArrayList<R>::new, List::addAll)
        .map(List::copyOf);
  }

  @Override
  public Uni<List<News>> sweep(String dead, Duration silent) {
    return outside
        .send(() -> Request.cmd(Command.SMEMBERS).arg(REALMS))
        .chain(realms ->
            Multi.createFrom()
                .iterable(realms)
                .onItem()
                .transformToUniAndConcatenate(realm ->
                    run(
                        lane(realm.toString()),
                        SWEEP,
                        List.of(dead, Long.toString(silent.toMillis()))))
                .collect()
                .in(ArrayList<News>::new, (all, reply) -> all.addAll(reply.news())))
        .map(List::copyOf);
  }

  @Override
  public Uni<List<News>> due() {
    return Multi.createFrom()
        .iterable(lanes.values())
        .onItem()
        .transformToUniAndConcatenate(
            lane -> run(lane, DUE, List.of(Integer.toString(PAGE))).map(Reply::news))
        .collect()
        .in(ArrayList<News>::new, List::addAll)
        .map(List::copyOf);
  }

  @Override
  public Uni<List<Hold>> held() {
    return Multi.createFrom()
        .iterable(lanes.values())
        .onItem()
        .transformToUniAndConcatenate(
            lane -> run(lane, HELD, List.of(node)).map(reply -> held(lane.realm, reply)))
        .collect()
        .in(ArrayList<Hold>::new, List::addAll)
        .map(List::copyOf);
  }

  private List<Hold> held(String realm, Reply reply) {
    List<Hold> holds = new ArrayList<>();
    for (int i = 0; i + 3 < reply.result().size(); i += 4) {
      holds.add(
          new Hold(
              realm,
              reply.text(i + 2),
              new SessionId(reply.text(i)),
              reply.text(i + 3),
              node,
              Long.parseLong(reply.text(i + 1)),
              reply.epoch()));
    }
    return holds;
  }

  /** A realm that does not know this node is told of it first. */
  private Uni<Reply> introduced(Lane lane, Script script, List<String> arguments) {
    return run(lane, script, arguments)
        .chain(reply ->
            reply.word().equals("stale")
                ? introduce(lane).chain(() -> run(lane, script, arguments))
                : Uni.createFrom().item(reply));
  }

  private Uni<Void> introduce(Lane lane) {
    return outside
        .send(() -> Request.cmd(Command.SADD).arg(REALMS).arg(lane.realm))
        .chain(() ->
            lane.send(
                () -> Request.cmd(Command.SADD).arg(LedgerKeys.keepers(lane.realm)).arg(node)))
        .replaceWithVoid();
  }

  private Uni<Reply> run(Lane lane, Script script, List<String> arguments) {
    return Uni.createFrom()
        .deferred(() -> {
          lane.sends.close();
          return lane.run(script, () -> full(lane, arguments));
        });
  }

  private List<String> full(Lane lane, List<String> arguments) {
    List<String> all = new ArrayList<>(arguments.size() + 8);
    all.addAll(lane.common);
    all.add(Long.toString(config.leaveAfter().toMillis()));
    all.add(Long.toString(config.resumeWithin().toMillis()));
    all.add(Integer.toString(config.backlog()));
    all.add(Long.toString(config.backlogSize().asLongValue()));
    all.add(Long.toString(lane.version.get()));
    all.addAll(arguments);
    return all;
  }

  private Lane lane(String realm) {
    return lanes.computeIfAbsent(
        realm,
        _ ->
            new Lane(
                realm, changes.arguments(new Realm(realm)), new Pipeline(redis, timeout, BOUND)));
  }

  private static IllegalStateException unexpected(Reply reply) {
    return new IllegalStateException("the script said " + reply.word());
  }

  /** One realm's operations, in order. A realm is one slot of Redis Cluster, so one pipeline. */
  private final class Lane {

    private final String realm;

    /** What each script begins with. */
    private final List<String> common;

    private final Pipeline pipeline;
    private final Sends sends;
    private final AtomicLong version = new AtomicLong();

    private Lane(String realm, List<String> common, Pipeline pipeline) {
      this.realm = realm;
      this.common = common;
      this.pipeline = pipeline;
      this.sends = new Sends(BOUND, arguments -> run(SEND, () -> full(this, arguments.get())));
    }

    private Uni<Reply> run(Script script, Supplier<List<String>> arguments) {
      return pipeline
          .run(script, List.of(LedgerKeys.ledger(realm)), arguments)
          .map(response -> new Reply(response))
          .invoke(reply -> seen(reply.version()));
    }

    private Uni<Response> send(Supplier<Request> request) {
      return pipeline.send(request);
    }

    private void seen(long newest) {
      version.accumulateAndGet(newest, Math::max);
    }
  }
}
