package dev.switchboard.turn.stun;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The calls of Linux that move several datagrams at once, {@code recvmmsg(2)} and {@code
 * sendmmsg(2)}, and what a socket for them needs. The JDK has no such calls, and lends its own
 * sockets to nobody.
 *
 * <p>The numbers are those of Linux on amd64 and aarch64, which agree.
 */
final class Libc {

  private static final Set<String> PROCESSORS = Set.of("amd64", "aarch64");

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int SO_REUSEPORT = 15;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;
  private static final int SHUT_RDWR = 2;

  /** Wait for the first datagram, and take what else is there. */
  private static final int MSG_WAITFORONE = 0x10000;

  private static final MemoryLayout ERRNO = Linker.Option.captureStateLayout();

  private final MethodHandle socket;
  private final MethodHandle setsockopt;
  private final MethodHandle bind;
  private final MethodHandle getsockname;
  private final MethodHandle recvmmsg;
  private final MethodHandle sendmmsg;
  private final MethodHandle shutdown;
  private final MethodHandle close;
  private final VarHandle errno = ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private Libc(Linker linker) {
    socket = call(linker, "socket", JAVA_INT, JAVA_INT, JAVA_INT);
    setsockopt = call(linker, "setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    bind = call(linker, "bind", JAVA_INT, ADDRESS, JAVA_INT);
    getsockname = call(linker, "getsockname", JAVA_INT, ADDRESS, ADDRESS);
    recvmmsg = call(linker, "recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    sendmmsg = call(linker, "sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    shutdown = call(linker, "shutdown", JAVA_INT, JAVA_INT);
    close = call(linker, "close", JAVA_INT);
  }

  /** The calls, where there are any: on Linux, and not in a native image. */
  static Optional<Libc> find() {
    boolean isLinux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux");
    boolean isImage = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
    return isLinux && !isImage && PROCESSORS.contains(System.getProperty("os.arch", ""))
        ? Optional.of(new Libc(Linker.nativeLinker()))
        : Optional.empty();
  }

  @SuppressWarnings("restricted")
  private static MethodHandle call(Linker linker, String name, MemoryLayout... arguments) {
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, arguments),
        Linker.Option.captureCallState("errno"));
  }

  /** A UDP socket that is bound to nothing yet; its descriptor. */
  int open(boolean ipv6, int receiveBuffer) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(ERRNO);
      int fd =
          checked(
              "socket",
              (int) socket.invokeExact(state, ipv6 ? AF_INET6 : AF_INET, SOCK_DGRAM_CLOEXEC, 0),
              state);
      set(fd, SOL_SOCKET, SO_RCVBUF, receiveBuffer);
      if (ipv6) {
        set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0);
      }
      return fd;
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** Lets others bind the same address from now on. */
  void share(int fd) throws IOException {
    set(fd, SOL_SOCKET, SO_REUSEPORT, 1);
  }

  private void set(int fd, int level, int option, int value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(ERRNO);
      MemorySegment number = arena.allocateFrom(JAVA_INT, value);
      checked(
          "setsockopt",
          (int) setsockopt.invokeExact(state, fd, level, option, number, Integer.BYTES),
          state);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** Binds, and tells the port that it is, which the kernel chooses for port 0. */
  int bind(int fd, InetSocketAddress at) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(ERRNO);
      MemorySegment name = arena.allocate(SocketName.BYTES, Long.BYTES);
      int length = SocketName.write(name, at, AF_INET, AF_INET6);
      checked("bind", (int) bind.invokeExact(state, fd, name, length), state);
      MemorySegment room = arena.allocateFrom(JAVA_INT, (int) SocketName.BYTES);
      checked("getsockname", (int) getsockname.invokeExact(state, fd, name, room), state);
      return SocketName.port(name);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /**
   * Waits for a datagram and takes up to {@code count} that are there.
   *
   * @param state room for {@link #newState}
   * @param messages {@code struct mmsghdr[count]}
   * @return how many came, or minus the error number
   */
  int receive(MemorySegment state, int fd, MemorySegment messages, int count) {
    try {
      int came =
          (int)
              recvmmsg.invokeExact(state, fd, messages, count, MSG_WAITFORONE, MemorySegment.NULL);
      return came < 0 ? -error(state) : came;
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  /** Sends {@code count} datagrams; how many it did, or minus the error number of the first. */
  int send(MemorySegment state, int fd, MemorySegment messages, int count) {
    try {
      int went = (int) sendmmsg.invokeExact(state, fd, messages, count, 0);
      return went < 0 ? -error(state) : went;
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  /** Ends a {@link #receive} that waits on another thread, and every one after it. */
  void wake(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      // The result says that nobody was connected, which is so.
      int _ = (int) shutdown.invokeExact(arena.allocate(ERRNO), fd, SHUT_RDWR);
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  void close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      int _ = (int) close.invokeExact(arena.allocate(ERRNO), fd);
    } catch (Throwable e) {
      throw bug(e);
    }
  }

  /** Room for what went wrong with a call, for as long as the arena lives. */
  static MemorySegment newState(Arena arena) {
    return arena.allocate(ERRNO);
  }

  private int error(MemorySegment state) {
    return (int) errno.get(state, 0L);
  }

  private int checked(String call, int result, MemorySegment state) throws IOException {
    if (result < 0) {
      throw new IOException(
          switch (error(state)) {
            case 13 -> "Permission denied";
            case 98 -> "Address already in use";
            case 99 -> "Cannot assign requested address";
            default -> call + " failed with error " + error(state);
          });
    }
    return result;
  }

  private static IOException failure(Throwable e) {
    if (e instanceof IOException io) {
      return io;
    }
    throw bug(e);
  }

  private static RuntimeException bug(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }
}
