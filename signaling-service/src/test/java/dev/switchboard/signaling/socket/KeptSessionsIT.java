package dev.switchboard.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.signaling.protocol.SessionId;
import dev.switchboard.testing.RealRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients of v1 live through when a pod, or Redis, does not. */
@SuppressWarnings("NullAway.Init") // set before each test
class KeptSessionsIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Pattern TICKET = Pattern.compile("\"ticket\":\"([^\"]*)\"");
  private static final Pattern EPOCH = Pattern.compile("\"epoch\":\"([^\"]*)\"");

  private static RealRedis redis;
  private static Pod steady;

  private final List<Client> opened = new ArrayList<>();

  /** One of its own, so that a test does not see those of the last one leave. */
  private final String room = SessionId.fresh().value();

  private Pod mortal;
  private Client ada;
  private Client bob;
  private String bobsWelcome;

  @BeforeAll
  static void start() {
    redis = RealRedis.startDurable();
    steady = pod();
  }

  @AfterAll
  static void stop() {
    steady.close();
    redis.close();
  }

  private static Pod pod() {
    Pod pod =
        Pod.start(
            Map.of(
                "switchboard.auth.mode", "open",
                "switchboard.state", "redis",
                "switchboard.state.lease", "3s",
                "switchboard.session.leave-after", "4s",
                "switchboard.session.resume-within", "8s",
                "switchboard.drain.within", "10s",
                "quarkus.redis.hosts", redis.url()));
    // It lets nobody in before it has a lease.
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> Client.connect(pod.socket("/v1/signal")).close());
    return pod;
  }

  /** Ada is at the pod that lives, bob at the other one, both in a room. */
  @BeforeEach
  void join() throws InterruptedException {
    mortal = pod();
    ada = connect(steady);
    bob = connect(mortal);
    assertThat(ask(ada, "{\"type\":\"hello\",\"name\":\"ada\"}")).contains("welcome");
    bobsWelcome = ask(bob, "{\"type\":\"hello\",\"name\":\"bob\"}");
    assertThat(ask(ada, "{\"type\":\"join\",\"id\":1,\"room\":\"" + room + "\"}"))
        .contains("\"seq\":1");
    assertThat(ask(bob, "{\"type\":\"join\",\"id\":1,\"room\":\"" + room + "\"}"))
        .contains("\"seq\":1");
    assertThat(ada.next()).contains("peer-joined").contains("\"seq\":2");
  }

  @AfterEach
  void sayBye() throws InterruptedException {
    mortal.close();
    for (Client client : opened) {
      try {
        client.send("{\"type\":\"bye\"}");
        client.settle();
      } catch (RuntimeException e) {
        // It is gone already.
      }
      client.close();
    }
  }

  @Test
  void ofAPodThatIsKilledNobodyIsSeenLeavingWhoComesBack() throws InterruptedException {
    enter("eve");
    mortal.kill();
    assertThat(say(ada, 2, "after the kill")).isEqualTo("{\"type\":\"ok\",\"id\":2}");

    Client back = connect(steady);
    assertThat(ask(back, resume(bobsWelcome, 2))).contains("\"resumed\":true,\"recovered\":true");
    assertThat(back.next()).contains("\"seq\":3").contains("after the kill");
    assertThat(ada.next()).contains("peer-left").contains("\"eve\"").contains("node-lost");
    assertThat(back.next()).contains("peer-left").contains("\"eve\"");
    assertThat(say(back, 2, "here")).contains("\"ok\"");
    assertThat(List.of(ada.next(), ada.next()))
        .anyMatch(frame -> frame.contains("here"))
        .anyMatch(frame -> frame.contains("undelivered") && frame.contains("\"eve\""));
    assertThat(ada.unread()).isEmpty();
  }

  @Test
  void whoDoesNotComeBackLeavesOnceAndWhatItMissedIsTold() throws InterruptedException {
    mortal.kill();
    assertThat(say(ada, 2, "into the void")).isEqualTo("{\"type\":\"ok\",\"id\":2}");

    assertThat(ada.next()).contains("peer-left").contains("node-lost");
    assertThat(ada.next()).contains("undelivered").contains("\"ids\":[2]");
    assertThat(ask(ada, "{\"type\":\"signal\",\"id\":3,\"to\":\"bob\",\"data\":\"there?\"}"))
        .contains("unknown_peer");
    assertThat(ada.unread()).isEmpty();
  }

  @Test
  void aPodThatHangsGivesUpWhoWentElsewhereMeanwhile() throws InterruptedException {
    enter("eve");
    mortal.freeze();
    Client back = connect(steady);
    try {
      assertThat(ask(back, resume(bobsWelcome, 2))).contains("\"resumed\":true,\"recovered\":true");
      assertThat(ada.next()).contains("peer-left").contains("\"eve\"").contains("node-lost");
      // What is sent through the hold of before is not done. It is read when the pod goes on, and
      // that may close the socket at once.
      bob.send("{\"type\":\"signal\",\"id\":2,\"to\":\"ada\",\"data\":\"a ghost\"}");
    } finally {
      mortal.thaw();
    }
    assertThat(bob.closeCode()).isIn(3002, 3501);
    assertThat(back.next()).contains("peer-left").contains("\"eve\"");
    assertThat(say(back, 2, "alive")).contains("\"ok\"");
    assertThat(ada.next()).contains("alive");
  }

  @Test
  void aPodThatStopsAsksItsClientsToMoveAndNobodySeesIt() throws InterruptedException {
    Thread stopping = Thread.ofPlatform().start(mortal::close);
    assertThat(bob.next()).isEqualTo("{\"type\":\"drain\",\"within\":10000}");
    assertThat(say(bob, 2, "not gone yet")).contains("\"ok\"");
    Client back = connect(steady);
    assertThat(ask(back, resume(bobsWelcome, 1))).contains("\"resumed\":true,\"recovered\":true");

    assertThat(bob.closeCode()).isEqualTo(3501);
    stopping.join(SOON);
    assertThat(stopping.isAlive()).isFalse();
    assertThat(ada.next()).contains("not gone yet");
    assertThat(say(back, 3, "moved")).contains("\"ok\"");
    assertThat(ada.next()).contains("moved");
    assertThat(ada.unread()).isEmpty();
  }

  @Test
  void aRedisThatForgotIsSaidToHave() throws InterruptedException {
    redis.restartEmpty();

    assertThat(ada.closeCode()).isEqualTo(3004);
    assertThat(bob.closeCode()).isEqualTo(3004);
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> {
          Client back = connect(steady);
          assertThat(ask(back, resume(bobsWelcome, 1).replace("}", ",\"name\":\"bob\"}")))
              .contains("\"resumed\":false,\"recovered\":false");
        });
  }

  @Test
  void whatRedisMayHaveDoneIsAskedForUntilItSaysSo() throws InterruptedException {
    redis.freeze();
    try {
      ada.send("{\"type\":\"signal\",\"id\":2,\"room\":\"" + room + "\",\"data\":\"once\"}");
      // By now it is known that Redis does not answer.
      await().atMost(SOON).untilAsserted(() -> assertThat(isOpen()).isFalse());
      assertThat(ada.unread()).isEmpty();
    } finally {
      redis.thaw();
    }
    assertThat(ada.next()).isEqualTo("{\"type\":\"ok\",\"id\":2}");
    assertThat(bob.next()).contains("once").contains("\"seq\":2");
    await().atMost(SOON).untilAsserted(() -> assertThat(isOpen()).isTrue());
    assertThat(say(ada, 3, "twice")).contains("\"ok\"");
    assertThat(bob.next()).contains("twice").contains("\"seq\":3");
  }

  @Test
  void whatRedisIsNotAskedIsRefused() throws InterruptedException {
    redis.stop();
    try {
      await().atMost(SOON).untilAsserted(() -> assertThat(isOpen()).isFalse());
      assertThat(say(ada, 2, "never")).contains("unavailable").contains("\"retry\":true");
    } finally {
      redis.resume();
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(isOpen()).isTrue());
    assertThat(say(ada, 2, "now")).contains("\"ok\"");
    assertThat(bob.next()).contains("now").contains("\"seq\":2");
  }

  private static boolean isOpen() {
    try {
      Client.connect(steady.socket("/v1/signal")).close();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** One more at the pod that does not live. */
  private void enter(String name) throws InterruptedException {
    Client client = connect(mortal);
    assertThat(ask(client, "{\"type\":\"hello\",\"name\":\"" + name + "\"}")).contains("welcome");
    assertThat(ask(client, "{\"type\":\"join\",\"id\":1,\"room\":\"" + room + "\"}"))
        .contains("\"ok\"");
    assertThat(ada.next()).contains("peer-joined");
    assertThat(bob.next()).contains("peer-joined");
  }

  /** A pod that has just lost Redis, or was too slow to renew its lease, lets nobody in yet. */
  private Client connect(Pod pod) {
    Client client =
        await()
            .atMost(SOON)
            .ignoreExceptions()
            .until(() -> Client.connect(pod.socket("/v1/signal")), Objects::nonNull);
    opened.add(client);
    return client;
  }

  private static String ask(Client client, String frame) throws InterruptedException {
    client.send(frame);
    return client.next();
  }

  private String say(Client client, int id, String what) throws InterruptedException {
    String to = "\"room\":\"" + room + "\"";
    return ask(
        client, "{\"type\":\"signal\",\"id\":" + id + "," + to + ",\"data\":\"" + what + "\"}");
  }

  private static String resume(String welcome, int seq) {
    return "{\"type\":\"hello\",\"resume\":\""
        + found(TICKET, welcome)
        + "\",\"seq\":"
        + seq
        + ",\"epoch\":\""
        + found(EPOCH, welcome)
        + "\"}";
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
