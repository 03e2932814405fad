package dev.switchboard.turn.stun;

import java.io.Closeable;
import java.net.InetSocketAddress;

/** One UDP socket of the responder and the platform thread that serves it. */
sealed interface UdpSocket extends Closeable permits StunSocket, BatchSocket {

  /** Enough for a burst of thousands of requests; the kernel may grant less. */
  int RECEIVE_BUFFER_BYTES = 1 << 20;

  InetSocketAddress local();

  boolean isServing();
}
