package dev.switchboard.signaling.delivery;

import dev.switchboard.bus.BusConfig;
import dev.switchboard.bus.ChannelListener;
import dev.switchboard.bus.Pipeline;
import dev.switchboard.signaling.directory.Location;
import dev.switchboard.signaling.protocol.Event;
import dev.switchboard.signaling.protocol.SessionId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Delivery between nodes, over one Redis channel a node. What is for several sessions of a node
 * goes there once, and nothing is answered but what was not taken: a message costs one {@code
 * SPUBLISH}, and those that wait go together, as one {@link Mail}.
 */
final class RedisDelivery implements Delivery {

  /** How many mails to one node may wait for Redis: the next, and what did not fit into it. */
  private static final int MAILS = 2;

  private final String node;
  private final Recipients recipients;
  private final Redis redis;
  private final Duration timeout;
  private final ChannelListener listener;

  /** Bounded by the nodes there are: one that died is taken out. */
  private final ConcurrentMap<String, Way> ways = new ConcurrentHashMap<>();

  private final Timer lag;
  private final Counter noise;
  private final Counter otherVersion;

  RedisDelivery(
      String node, Redis redis, BusConfig bus, Vertx vertx, MeterRegistry metrics, Runnable onGap) {
    this.node = node;
    this.recipients = new Recipients(node);
    this.redis = redis;
    this.timeout = bus.timeout();
    this.listener =
        ChannelListener.sharded(channel(node), redis, bus, vertx, this::read, _ -> onGap.run());
    this.lag =
        Timer.builder("switchboard.bus.lag")
            .description("How long a letter from another node was on its way, by the nodes' clocks")
            .publishPercentileHistogram()
            .register(metrics);
    this.noise = unreadable(metrics, UnreadableLetter.Why.NOISE);
    this.otherVersion = unreadable(metrics, UnreadableLetter.Why.VERSION);
    listener.start();
  }

  private static Counter unreadable(MeterRegistry metrics, UnreadableLetter.Why why) {
    return Counter.builder("switchboard.bus.unreadable")
        .description("Messages that were dropped because this version cannot read them")
        .tag("reason", why.word())
        .register(metrics);
  }

  private static String channel(String node) {
    return "switchboard:node:" + node;
  }

  /** Whether other nodes could reach this one at least once. */
  boolean wasReachable() {
    return listener.wasSubscribed();
  }

  void close() {
    listener.close();
  }

  @Override
  public String node() {
    return node;
  }

  @Override
  public void attach(SessionId session, Recipient recipient) {
    recipients.attach(session, recipient);
  }

  @Override
  public void detach(SessionId session, Recipient recipient) {
    recipients.detach(session, recipient);
  }

  @Override
  public boolean isAttached(SessionId session) {
    return recipients.isAttached(session);
  }

  @Override
  public void dispatch(Parcel parcel, List<Location> receivers) {
    if (receivers.size() == 1) {
      Location receiver = receivers.getFirst();
      bring(parcel, receiver.node(), List.of(receiver.session()));
    } else {
      byNode(receivers).forEach((other, sessions) -> bring(parcel, other, sessions));
    }
  }

  private static Map<String, List<SessionId>> byNode(List<Location> receivers) {
    Map<String, List<SessionId>> byNode = new HashMap<>();
    for (Location receiver : receivers) {
      byNode
          .computeIfAbsent(receiver.node(), _ -> new ArrayList<>(receivers.size()))
          .add(receiver.session());
    }
    return byNode;
  }

  private void bring(Parcel parcel, String to, List<SessionId> sessions) {
    if (to.equals(node)) {
      for (SessionId session : sessions) {
        Receipt receipt = recipients.hand(parcel, session);
        if (receipt.isRefusal()) {
          recipients.giveBack(parcel, receipt);
        }
      }
    } else {
      post(
          to,
          new Letter.Post(parcel, sessions, now()),
          receipt -> sessions.forEach(_ -> recipients.giveBack(parcel, receipt)));
    }
  }

  @Override
  public void note(Event event, String trace, List<Numbered> receivers) {
    Map<String, List<Numbered>> elsewhere = new HashMap<>();
    for (Numbered receiver : receivers) {
      if (receiver.at().node().equals(node)) {
        recipients.note(event, trace, receiver);
      } else {
        elsewhere.computeIfAbsent(receiver.at().node(), _ -> new ArrayList<>()).add(receiver);
      }
    }
    elsewhere.forEach(
        (to, sessions) -> post(to, new Letter.Note(event, trace, sessions, now()), _ -> {}));
  }

  private void post(String to, Letter letter, Consumer<Receipt> notTaken) {
    ways.computeIfAbsent(to, this::way).post(LetterCodec.write(letter), notTaken);
  }

  /** In a pipeline of its own, where nothing but its mails waits, and of those hardly ever two. */
  private Way way(String to) {
    return new Way(channel(to), new Pipeline(redis, timeout, MAILS));
  }

  private void read(Buffer message) {
    try {
      Mail.letters(message.toString()).forEach(this::read);
    } catch (UnreadableLetter unreadable) {
      count(unreadable);
    }
  }

  private void read(String letter) {
    try {
      switch (LetterCodec.read(letter)) {
        case Letter.Post(Parcel parcel, List<SessionId> receivers, long sent) -> {
          travelled(sent);
          receivers.forEach(session -> hand(parcel, session));
        }
        case Letter.Note(Event event, String trace, List<Numbered> receivers, long sent) -> {
          travelled(sent);
          receivers.forEach(receiver -> recipients.note(event, trace, receiver));
        }
        case Letter.Return(Parcel parcel, Receipt why) -> recipients.giveBack(parcel, why);
      }
    } catch (UnreadableLetter unreadable) {
      count(unreadable);
    }
  }

  private void count(UnreadableLetter unreadable) {
    switch (unreadable.why()) {
      case NOISE -> noise.increment();
      case VERSION -> otherVersion.increment();
    }
  }

  private void travelled(long sent) {
    lag.record(Math.max(0, now() - sent), TimeUnit.MICROSECONDS);
  }

  private void hand(Parcel parcel, SessionId session) {
    Receipt receipt = recipients.hand(parcel, session);
    if (receipt.isRefusal() && Recipients.isReturnable(parcel)) {
      // A letter that nobody takes back is nobody's loss: its sender is gone.
      post(parcel.from().node(), new Letter.Return(parcel, receipt), _ -> {});
    }
  }

  private static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  @Override
  public void lost(String other) {
    ways.remove(other);
    recipients.lost(other);
  }

  @Override
  public void disown(SessionId session) {
    recipients.disown(session);
  }
}
