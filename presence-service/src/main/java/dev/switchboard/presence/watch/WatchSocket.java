package dev.switchboard.presence.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchboard.bus.ChangeId;
import dev.switchboard.bus.RedisGoneException;
import dev.switchboard.identity.Admission;
import dev.switchboard.identity.Problem;
import dev.switchboard.identity.TokenGate;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What happens, over a WebSocket. The client says in its first frame what it watches, and is told
 * in frames of JSON: what it is, its id, and the data that an event stream has.
 */
@WebSocket(path = "/presence/socket")
public class WatchSocket {

  private static final Logger LOG = Logger.getLogger(WatchSocket.class);
  private static final long FIRST_FRAME_WITHIN_MILLIS = 10_000;

  /** It is not let in, or did not say what it wants (RFC 6455, section 7.4.1). */
  private static final int POLICY = 1008;

  /** Come back later (IANA's registry of close codes). */
  private static final int TRY_AGAIN = 1013;

  /** Come back at once: this pod stops, or the token is over (the same). */
  private static final int RESTART = 1012;

  private static final UserData.TypedKey<Cancellable> TOLD =
      new UserData.TypedKey<>("switchboard.told");

  private final Lookout lookout;
  private final Wishes wishes;
  private final TokenGate tokens;
  private final ObjectMapper json;
  private final Vertx vertx;

  WatchSocket(Lookout lookout, Wishes wishes, TokenGate tokens, ObjectMapper json, Vertx vertx) {
    this.lookout = lookout;
    this.wishes = wishes;
    this.tokens = tokens;
    this.json = json;
    this.vertx = vertx;
  }

  /**
   * What a client says in its first frame.
   *
   * @param token where its headers had none
   * @param after the id of what it was told last
   */
  @RegisterForReflection
  record Ask(
      @Nullable String token,
      @Nullable List<String> peers,
      @Nullable String room,
      @Nullable String scope,
      @Nullable String after) {}

  @OnOpen
  void opened(WebSocketConnection connection) {
    vertx.setTimer(
        FIRST_FRAME_WITHIN_MILLIS,
        _ -> {
          if (connection.isOpen() && connection.userData().get(TOLD) == null) {
            end(connection, POLICY, "say what you watch");
          }
        });
  }

  @OnTextMessage
  Uni<Void> asked(String frame, WebSocketConnection connection) {
    if (connection.userData().get(TOLD) != null) {
      return refuse(connection, Problem.badRequest("One socket watches one thing."));
    }
    Optional<Ask> ask = read(frame);
    if (ask.isEmpty()) {
      return refuse(connection, Problem.badRequest("The frame is not the JSON that is read here."));
    }
    return admission(ask.get(), connection)
        .chain(admission ->
            switch (admission) {
              case Admission.Denied(Problem problem) -> refuse(connection, problem);
              case Admission.Admitted(var caller) ->
                  lookout
                      .watch(
                          caller,
                          wishes.topic(
                              caller, ask.get().peers(), ask.get().room(), ask.get().scope()),
                          Optional.ofNullable(ask.get().after()).flatMap(ChangeId::parse),
                          ticket(connection).wire()::close)
                      .invoke(tellings -> tell(tellings, connection))
                      .replaceWithVoid();
            })
        .onFailure(WebApplicationException.class)
        .recoverWithUni(refused -> refuse(connection, (Problem) refused.getResponse().getEntity()))
        .onFailure(RedisGoneException.class)
        .recoverWithUni(() ->
            refuse(
                connection, Problem.unavailable("Presence cannot be read now; try again soon.")));
  }

  private Optional<Ask> read(String frame) {
    try {
      return Optional.ofNullable(json.readValue(frame, Ask.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private Uni<Admission> admission(Ask ask, WebSocketConnection connection) {
    return ask.token() == null
        ? Uni.createFrom().item(ticket(connection).admission())
        : tokens.admit(ask.token());
  }

  private static WatchGate.Ticket ticket(WebSocketConnection connection) {
    return connection.userData().get(WatchGate.Ticket.KEY);
  }

  private void tell(Multi<Telling> tellings, WebSocketConnection connection) {
    Cancellable told =
        tellings
            .filter(telling -> !telling.equals(Telling.HEARTBEAT))
            .onItem()
            .transformToUniAndConcatenate(telling -> connection.sendText(text(telling)))
            .subscribe()
            .with(
                _ -> {},
                failure -> LOG.debugf("a watcher is gone: %s", failure.getMessage()),
                () -> end(connection, RESTART, "come back"));
    connection.userData().put(TOLD, told);
  }

  /** The data is JSON already. */
  private static String text(Telling telling) {
    String id = telling.id().isEmpty() ? "" : "\"id\":\"" + telling.id() + "\",";
    return "{\"type\":\"" + telling.name() + "\"," + id + "\"data\":" + telling.data() + "}";
  }

  private static Uni<Void> refuse(WebSocketConnection connection, Problem problem) {
    String error =
        new JsonObject()
            .put("type", "error")
            .put("status", problem.status())
            .put("detail", problem.detail())
            .encode();
    return connection
        .sendText(error)
        .invoke(
            () -> end(connection, problem.status() == 503 ? TRY_AGAIN : POLICY, problem.title()));
  }

  private static void end(WebSocketConnection connection, int code, String reason) {
    connection.close(new CloseReason(code, reason)).subscribe().with(_ -> {}, _ -> {});
  }

  @OnClose
  void closed(WebSocketConnection connection) {
    @Nullable Cancellable told = connection.userData().get(TOLD);
    if (told != null) {
      told.cancel();
    }
  }
}
