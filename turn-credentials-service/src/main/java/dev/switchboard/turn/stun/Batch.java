package dev.switchboard.turn.stun;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Datagrams that come together and the answers that go together: memory outside the heap, made
 * once, in the shape that {@link Libc} hands to the kernel ({@code struct mmsghdr} of 64 bytes and
 * {@code struct iovec} of 16). For one thread.
 */
final class Batch {

  private static final long HEADER = 64;
  private static final long VECTOR = 16;

  // Within a header: the name and its length, the vector and how many, and the length that came.
  private static final long NAME = 0;
  private static final long NAME_LENGTH = 8;
  private static final long VECTORS = 16;
  private static final long VECTOR_COUNT = 24;
  private static final long LENGTH = 56;

  /** Within a vector, behind the address. */
  private static final long ROOM = 8;

  private final int size;
  private final MemorySegment incoming;
  private final MemorySegment outgoing;
  private final MemorySegment[] answerVectors;
  private final MemorySegment[] names;
  private final ByteBuffer[] datagrams;
  private final ByteBuffer[] answers;
  private int pending;

  /**
   * Room for datagrams and answers.
   *
   * @param size how many of each
   * @param longest the most bytes of a datagram; what is longer is cut
   */
  Batch(Arena arena, int size, int longest, int longestAnswer) {
    this.size = size;
    this.incoming = arena.allocate(HEADER * size, Long.BYTES);
    this.outgoing = arena.allocate(HEADER * size, Long.BYTES);
    this.answerVectors = new MemorySegment[size];
    this.names = new MemorySegment[size];
    this.datagrams = new ByteBuffer[size];
    this.answers = new ByteBuffer[size];
    MemorySegment vectors = arena.allocate(VECTOR * size, Long.BYTES);
    for (int i = 0; i < size; i++) {
      MemorySegment datagram = arena.allocate(longest, Long.BYTES);
      MemorySegment answer = arena.allocate(longestAnswer, Long.BYTES);
      names[i] = arena.allocate(SocketName.BYTES, Long.BYTES);
      datagrams[i] = datagram.asByteBuffer();
      answers[i] = answer.asByteBuffer();
      vectors.set(ADDRESS, VECTOR * i, datagram);
      vectors.set(JAVA_LONG, VECTOR * i + ROOM, longest);
      answerVectors[i] = arena.allocate(VECTOR, Long.BYTES);
      answerVectors[i].set(ADDRESS, 0, answer);
      incoming.set(ADDRESS, HEADER * i + NAME, names[i]);
      incoming.set(ADDRESS, HEADER * i + VECTORS, vectors.asSlice(VECTOR * i, VECTOR));
      incoming.set(JAVA_LONG, HEADER * i + VECTOR_COUNT, 1);
      outgoing.set(JAVA_LONG, HEADER * i + VECTOR_COUNT, 1);
    }
  }

  int size() {
    return size;
  }

  /** Where the next datagrams go, and no answer is left. */
  MemorySegment incoming() {
    pending = 0;
    for (int i = 0; i < size; i++) {
      incoming.set(JAVA_INT, HEADER * i + NAME_LENGTH, (int) SocketName.BYTES);
    }
    return incoming;
  }

  /** The datagram at {@code i}, from 0 to the limit. */
  ByteBuffer datagram(int i) {
    return datagrams[i].clear().limit(incoming.get(JAVA_INT, HEADER * i + LENGTH));
  }

  /** Where it came from. */
  InetSocketAddress source(int i) throws UnknownHostException {
    return SocketName.read(names[i], incoming.get(JAVA_INT, HEADER * i + NAME_LENGTH));
  }

  /** Room for its answer. */
  ByteBuffer answer(int i) {
    return answers[i];
  }

  /** Has the answer at {@code i}, which is ready to be read, sent back with the others. */
  void enqueue(int i) {
    long header = HEADER * pending;
    answerVectors[i].set(JAVA_LONG, ROOM, answers[i].remaining());
    outgoing.set(ADDRESS, header + NAME, names[i]);
    outgoing.set(JAVA_INT, header + NAME_LENGTH, incoming.get(JAVA_INT, HEADER * i + NAME_LENGTH));
    outgoing.set(ADDRESS, header + VECTORS, answerVectors[i]);
    pending++;
  }

  /** How many answers are to be sent. */
  int pending() {
    return pending;
  }

  /** The answers but the first {@code sent}. */
  MemorySegment outgoing(int sent) {
    return outgoing.asSlice(HEADER * sent);
  }
}
