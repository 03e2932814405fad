import type { Cancel, Clock } from "../src/client/clock.ts";
import type { WebSocketLike } from "../src/client/call-socket.ts";

/** Written here, because the build fetches no module of anybody. */
export function assertEquals(actual: unknown, expected: unknown, what = "value"): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) {
    throw new Error(`${what}: expected ${wanted}, got ${got}`);
  }
}

export async function assertRejects(task: () => Promise<unknown>, message: string): Promise<void> {
  try {
    await task();
  } catch (error) {
    assertEquals((error as Error).message, message, "message");
    return;
  }
  throw new Error("expected a failure");
}

/** Lets everything run that waits for nothing but its turn. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

export class FakeClock implements Clock {
  #now = 1_000_000;
  #timers = new Set<{ at: number; task: () => void }>();

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, task: () => void): Cancel {
    const timer = { at: this.#now + milliseconds, task };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) {
        break;
      }
      this.#timers.delete(next);
      this.#now = next.at;
      next.task();
      await settle();
    }
    this.#now = end;
  }
}

export class FakeSocket implements WebSocketLike {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];
  closed = false;

  constructor(readonly url: string, readonly protocols: string[]) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.closed = true;
  }

  receive(frame: unknown): void {
    this.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
  }

  sentOf(type: string): Record<string, unknown>[] {
    return this.sent.filter((frame) => frame.type === type);
  }
}

/** The sockets that a client made, latest last. */
export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];

  readonly connect = (url: string, protocols: string[]): FakeSocket => {
    const socket = new FakeSocket(url, protocols);
    this.sockets.push(socket);
    return socket;
  };

  get latest(): FakeSocket {
    return this.sockets[this.sockets.length - 1] as FakeSocket;
  }

  logIn(): void {
    this.latest.onopen?.();
    this.latest.receive({ type: "login", success: true });
  }
}

let made = 0;

/** As much of a peer connection as negotiation touches; each description gets its own ICE user. */
export class FakePeerConnection {
  signalingState = "stable";
  connectionState: RTCPeerConnectionState = "new";
  iceGatheringState = "new";
  localDescription: { type: string; sdp: string } | null = null;
  remoteDescription: { type: string; sdp: string } | null = null;
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
  onicecandidateerror: unknown = null;
  onicegatheringstatechange: (() => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  ontrack: unknown = null;
  readonly log: string[] = [];
  readonly candidates: RTCIceCandidateInit[] = [];
  readonly id = `pc${made++}`;
  /** The candidate that is found before setLocalDescription is through. */
  earlyCandidate: string | undefined;
  stats: Map<string, object> = new Map();
  #descriptions = 0;

  constructor(readonly configuration: RTCConfiguration) {}

  addTrack(track: { kind: string }): void {
    this.log.push(`track ${track.kind}`);
  }

  addTransceiver(kind: string, init: { direction: string }): void {
    this.log.push(`${init.direction} ${kind}`);
  }

  restartIce(): void {
    this.log.push("restart");
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.log.push(`configuration ${JSON.stringify(configuration.iceServers)}`);
  }

  getStats(): Promise<Map<string, object>> {
    return Promise.resolve(this.stats);
  }

  setLocalDescription(given?: { type: string }): Promise<void> {
    if (given?.type === "rollback") {
      this.log.push("rollback");
      this.signalingState = "stable";
      this.localDescription = null;
      return Promise.resolve();
    }
    const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
    this.signalingState = type === "offer" ? "have-local-offer" : "stable";
    const user = `${this.id}.${this.#descriptions++}`;
    this.localDescription = { type, sdp: `a=ice-ufrag:${user}\r\na=candidate:1 1 udp 1 host\r\n` };
    this.log.push(`local ${type}`);
    if (this.earlyCandidate) {
      this.find(this.earlyCandidate);
    }
    return Promise.resolve();
  }

  setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
    if (description.sdp === "nonsense") {
      return Promise.reject(new Error("Failed to parse"));
    }
    this.signalingState = description.type === "offer" ? "have-remote-offer" : "stable";
    this.remoteDescription = description;
    this.log.push(`remote ${description.type}`);
    return Promise.resolve();
  }

  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    this.candidates.push(candidate);
    return Promise.resolve();
  }

  close(): void {
    this.log.push("close");
  }

  find(candidate: string): void {
    this.onicecandidate?.({ candidate: { candidate, toJSON: () => ({ candidate }) } });
  }

  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
}

export function offerOf(user: string): { type: "offer"; sdp: string } {
  return { type: "offer", sdp: `v=0\r\na=ice-ufrag:${user}\r\n` };
}

export function answerOf(user: string): { type: "answer"; sdp: string } {
  return { type: "answer", sdp: `v=0\r\na=ice-ufrag:${user}\r\n` };
}

export function candidateOf(user: string): RTCIceCandidateInit {
  return { candidate: "candidate:1 1 udp 1 192.0.2.1 9 typ host", usernameFragment: user };
}
