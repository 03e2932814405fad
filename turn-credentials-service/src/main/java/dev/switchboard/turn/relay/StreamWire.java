package dev.switchboard.turn.relay;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.ice4j.message.Message;
import org.ice4j.message.Request;
import org.ice4j.message.Response;

/** A TCP connection, with TLS or without (RFC 8489, sections 6.2.2 and 6.2.3). */
final class StreamWire implements Wire {

  private static final int LENGTH_AT = 2;

  private final Socket socket;
  private final Deadline deadline;

  private StreamWire(Socket socket, Deadline deadline) {
    this.socket = socket;
    this.deadline = deadline;
  }

  static StreamWire open(InetSocketAddress server, Deadline deadline) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(server, deadline.millisLeft());
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
    return new StreamWire(socket, deadline);
  }

  /** The certificate has to be one of {@code host}, a name or an address. */
  static StreamWire secure(
      InetSocketAddress server, String host, SSLSocketFactory tls, Deadline deadline)
      throws IOException {
    StreamWire plain = open(server, deadline);
    try {
      plain.socket.setSoTimeout(deadline.millisLeft());
      SSLSocket secured = (SSLSocket) tls.createSocket(plain.socket, host, server.getPort(), true);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      return new StreamWire(secured, deadline);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  @Override
  public Response ask(Request request) throws IOException {
    socket.getOutputStream().write(Messages.write(request));
    DataInputStream in = new DataInputStream(socket.getInputStream());
    while (true) {
      socket.setSoTimeout(deadline.millisLeft());
      byte[] header = in.readNBytes(Message.HEADER_LENGTH);
      if (header.length < Message.HEADER_LENGTH) {
        throw new EOFException("the connection was closed");
      }
      int length = ByteBuffer.wrap(header).getChar(LENGTH_AT);
      byte[] message = new byte[Message.HEADER_LENGTH + length];
      System.arraycopy(header, 0, message, 0, header.length);
      in.readFully(message, header.length, length);
      Optional<Response> response = Messages.read(message, message.length, request);
      if (response.isPresent()) {
        return response.get();
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
