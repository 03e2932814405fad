package dev.switchboard.turn.relay;

import dev.switchboard.turn.credential.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.attribute.ErrorCodeAttribute;
import org.ice4j.attribute.NonceAttribute;
import org.ice4j.attribute.RealmAttribute;
import org.ice4j.attribute.RequestedTransportAttribute;
import org.ice4j.message.Message;
import org.ice4j.message.MessageFactory;
import org.ice4j.message.Request;
import org.ice4j.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * What a TURN client says to a server (RFC 8656) with the long-term credential mechanism (RFC 8489,
 * section 9.2). One thread, which it blocks.
 */
final class TurnDialogue {

  /** A server may find a nonce stale that it has just given; more than that is a loop. */
  private static final int MOST_TRIES = 3;

  private final Wire wire;
  private final Credential credential;
  private String realm = "";
  private byte @Nullable [] nonce;

  TurnDialogue(Wire wire, Credential credential) {
    this.wire = wire;
    this.credential = credential;
  }

  /** Asks for a Binding; the time it took. */
  Duration bind() throws IOException {
    long start = System.nanoTime();
    Response response = wire.ask(MessageFactory.createBindingRequest());
    require(response, "Binding");
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Asks for an allocation for UDP. */
  void allocate() throws IOException {
    authenticated(
        "Allocate",
        () -> MessageFactory.createAllocateRequest(RequestedTransportAttribute.UDP, false));
  }

  /** Extends the allocation; no time at all gives it back. */
  void refresh(Duration lifetime) throws IOException {
    authenticated("Refresh", () -> MessageFactory.createRefreshRequest((int) lifetime.toSeconds()));
  }

  private interface Fresh {
    Request request();
  }

  private void authenticated(String what, Fresh fresh) throws IOException {
    Response response = wire.ask(sealed(fresh.request()));
    for (int tries = 1; isChallenge(response) && tries < MOST_TRIES; tries++) {
      response = wire.ask(sealed(fresh.request()));
    }
    require(response, what);
  }

  /** Takes a new nonce; what is refused under one that was new is refused for good. */
  private boolean isChallenge(Response response) {
    char code = errorCode(response);
    boolean first = nonce == null && code == ErrorCodeAttribute.UNAUTHORIZED;
    if ((first || code == ErrorCodeAttribute.STALE_NONCE)
        && response.getAttribute(Attribute.NONCE) instanceof NonceAttribute given) {
      nonce = given.getNonce();
      if (response.getAttribute(Attribute.REALM) instanceof RealmAttribute named) {
        realm = new String(named.getRealm(), StandardCharsets.UTF_8);
      }
      return true;
    }
    return false;
  }

  private Request sealed(Request request) {
    byte[] given = nonce;
    if (given != null) {
      request.putAttribute(AttributeFactory.createUsernameAttribute(credential.username()));
      request.putAttribute(
          AttributeFactory.createRealmAttribute(realm.getBytes(StandardCharsets.UTF_8)));
      request.putAttribute(AttributeFactory.createNonceAttribute(given));
      request.putAttribute(new Integrity(credential.username(), realm, credential.password()));
    }
    return request;
  }

  private static void require(Response response, String what) throws IOException {
    if (!Message.isSuccessResponseType(response.getMessageType())) {
      throw new IOException(what + " was refused with " + (int) errorCode(response));
    }
  }

  /** 0 if there is none. */
  private static char errorCode(Response response) {
    return response.getAttribute(Attribute.ERROR_CODE) instanceof ErrorCodeAttribute error
        ? error.getErrorCode()
        : 0;
  }
}
