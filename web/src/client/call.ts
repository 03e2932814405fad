import { type Cancel, type Clock, systemClock } from "./clock.ts";
import { Emitter } from "./emitter.ts";
import { hasCandidates, iceUserOf, iceUsers } from "./sdp.ts";

/**
 * `calling` and `ringing` are the two ends of a call that nobody has accepted yet; `connecting` is
 * an accepted one that has no path between the peers so far.
 */
export type CallState = "calling" | "ringing" | "connecting" | "connected" | "ended";

export type EndReason =
  | "hung-up" // by us, also a declined or a given up call
  | "partner-left" // the partner hung up, or the server lost it
  | "declined" // the partner did not take the call
  | "cancelled" // the caller gave up before we answered
  | "no-answer"
  | "no-such-user"
  | "not-prepared" // camera, microphone or ICE servers: `cause` says what
  | "not-connected" // no path between the peers was found
  | "path-lost" // there was one, and it did not come back
  | "signaling-lost"
  | "negotiation"; // the browser refused a description

export interface CallEnd {
  reason: EndReason;
  /** What the local relay or STUN servers answered, where that may explain it. */
  relayError?: string | undefined;
  cause?: unknown;
}

export interface CallEvents {
  state: CallState;
  connection: RTCPeerConnectionState;
  track: { track: MediaStreamTrack; streams: readonly MediaStream[] };
  ended: CallEnd;
}

/** How a call reaches its partner. */
export interface Signals {
  offer(to: string, offer: RTCSessionDescriptionInit): void;
  answer(to: string, answer: RTCSessionDescriptionInit): void;
  candidate(to: string, candidate: RTCIceCandidateInit): void;
  leave(to: string): void;
}

/** What a call needs before it can negotiate. Without a stream it only receives. */
export interface Preparation {
  configuration: RTCConfiguration;
  stream?: MediaStream | undefined;
}

export interface CallOptions {
  self: string;
  peer: string;
  signals: Signals;
  prepare: () => Promise<Preparation>;
  createPeerConnection?: ((configuration: RTCConfiguration) => RTCPeerConnection) | undefined;
  clock?: Clock | undefined;
}

const RING_TIMEOUT = 60_000;
const CONNECT_TIMEOUT = 20_000;
/** How long the smaller name leaves it to the greater to look for a new path. */
const PARTNER_RESTART = 5_000;
/** With signaling lost, the partner may be gone without a word; a gap this long settles it. */
const SILENCE_TIMEOUT = 3_000;

/** A browser with many networks finds some dozens; what comes beyond this is not kept. */
const MAX_EARLY_CANDIDATES = 256;

/** When both offer at once, the smaller name takes its own offer back and answers. */
export function yields(self: string, peer: string): boolean {
  return self < peer;
}

/** One peer connection with one peer, from the first ring to the end. */
export class Call extends Emitter<CallEvents> {
  readonly peer: string;
  readonly incoming: boolean;
  readonly #options: CallOptions;
  readonly #clock: Clock;
  #state: CallState;
  #connection: RTCPeerConnection | undefined;
  #preparation: Preparation = { configuration: {} };
  /** An offer that came before there was a connection to give it to. */
  #offer: RTCSessionDescriptionInit | undefined;
  /** Candidates of the partner that wait for its description. */
  #early: RTCIceCandidateInit[] = [];
  /** Our own candidates, held while the description that they belong to is on its way out. */
  #held: RTCIceCandidateInit[] | undefined;
  #tasks: Promise<void> = Promise.resolve();
  #reachedOut = false;
  #everConnected = false;
  #signalingLost = false;
  #relayError: string | undefined;
  #cancelTimer: Cancel | undefined;

  private constructor(options: CallOptions, offer?: RTCSessionDescriptionInit) {
    super();
    this.peer = options.peer;
    this.incoming = offer !== undefined;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#offer = offer;
    this.#state = offer ? "ringing" : "calling";
  }

  static outgoing(options: CallOptions): Call {
    const call = new Call(options);
    call.#run(() => call.#begin());
    return call;
  }

  /** Rings until it is accepted or hung up. */
  static incoming(options: CallOptions, offer: RTCSessionDescriptionInit): Call {
    return new Call(options, offer);
  }

  get state(): CallState {
    return this.#state;
  }

  /** The connection while there is one; for statistics, not for negotiation. */
  get peerConnection(): RTCPeerConnection | undefined {
    return this.#connection;
  }

  accept(): void {
    if (this.#state === "ringing") {
      this.#change("connecting");
      this.#run(() => this.#begin());
    }
  }

  /** Ends the call at either stage: gives up, declines, or hangs up. Says so to the peer once. */
  hangUp(): void {
    this.#end({ reason: "hung-up" });
  }

  receiveOffer(offer: RTCSessionDescriptionInit): void {
    if (!this.#connection) {
      // Still ringing, or not yet prepared: it will be answered, and no offer of ours goes out.
      this.#offer = offer;
      return;
    }
    this.#run((connection) => this.#answer(connection, offer));
  }

  receiveAnswer(answer: RTCSessionDescriptionInit): void {
    this.#run(async (connection) => {
      if (connection.signalingState !== "have-local-offer") {
        return;
      }
      await connection.setRemoteDescription(answer);
      this.#accepted();
      await this.#addEarlyCandidates(connection);
    });
  }

  receiveCandidate(candidate: RTCIceCandidateInit): void {
    if (!this.#connection) {
      this.#keepForLater(candidate);
      return;
    }
    this.#run(async (connection) => {
      if (connection.remoteDescription) {
        await this.#addCandidate(connection, candidate);
      } else {
        this.#keepForLater(candidate);
      }
    });
  }

  #keepForLater(candidate: RTCIceCandidateInit): void {
    if (this.#early.length < MAX_EARLY_CANDIDATES) {
      this.#early.push(candidate);
    }
  }

  /** The partner left, or the server says that it did. */
  receiveLeave(): void {
    if (this.#state === "calling") {
      this.#end({ reason: "declined" }, false);
    } else if (this.#state === "ringing") {
      this.#end({ reason: "cancelled" }, false);
    } else {
      this.#end({ reason: "partner-left" }, false);
    }
  }

  /** The server does not know the peer. A call that already has its path does not need it to. */
  peerMissing(): void {
    if (!this.#everConnected) {
      this.#end({ reason: "no-such-user" }, false);
    }
  }

  /**
   * The signaling connection broke. The server has told the partner that we left; if it could not,
   * a connected call goes on, and ends when the media stops.
   */
  signalingLost(): void {
    if (!this.#everConnected) {
      this.#end({ reason: "signaling-lost" }, false);
      return;
    }
    this.#signalingLost = true;
    if (this.#connection && this.#connection.connectionState !== "connected") {
      this.#endAfter(SILENCE_TIMEOUT, "signaling-lost");
    }
  }

  /** Looks for a new path; the partner answers as to any offer within a call. */
  restart(): void {
    this.#run(async (connection) => {
      if (connection.signalingState === "stable") {
        connection.restartIce();
        await this.#describe(connection, "offer");
      }
    });
  }

  /**
   * Takes fresh ICE servers. An allocation on a relay ends with the credentials that made it, so a
   * call that goes through one looks for a new path now, while the old one still works.
   */
  renew(configuration: RTCConfiguration): void {
    this.#run(async (connection) => {
      connection.setConfiguration(configuration);
      if (this.#everConnected && await isRelayed(connection)) {
        this.restart();
      }
    });
  }

  async #begin(): Promise<void> {
    try {
      this.#preparation = await this.#options.prepare();
    } catch (cause) {
      this.#end({ reason: "not-prepared", cause });
      return;
    }
    if (this.#state === "ended") {
      return;
    }
    const connection = this.#open();
    if (this.#offer) {
      await this.#answer(connection, this.#offer);
    } else {
      await this.#describe(connection, "offer");
      this.#endAfter(RING_TIMEOUT, "no-answer");
    }
  }

  #open(): RTCPeerConnection {
    const { configuration, stream } = this.#preparation;
    const create = this.#options.createPeerConnection ?? ((given) => new RTCPeerConnection(given));
    const connection = create(configuration);
    this.#connection = connection;
    connection.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate) {
        this.#sendCandidate(candidate.toJSON());
      }
    };
    connection.onicecandidateerror = (event) => {
      this.#relayError = `${event.url}: ${event.errorText || `error ${event.errorCode}`}`;
    };
    connection.onicegatheringstatechange = () => this.#gathered(connection);
    connection.onconnectionstatechange = () => this.#connectionChanged(connection);
    connection.ontrack = ({ track, streams }) => this.emit("track", { track, streams });
    for (const track of stream?.getTracks() ?? []) {
      connection.addTrack(track, ...(stream ? [stream] : []));
    }
    if (!this.#offer) {
      // What we do not send we still want to receive, and only the one who offers must say so.
      for (const kind of ["audio", "video"]) {
        if (!stream?.getTracks().some((track) => track.kind === kind)) {
          connection.addTransceiver(kind, { direction: "recvonly" });
        }
      }
    }
    this.emit("connection", connection.connectionState);
    return connection;
  }

  async #answer(connection: RTCPeerConnection, offer: RTCSessionDescriptionInit): Promise<void> {
    if (connection.signalingState !== "have-local-offer") {
      await this.#take(connection, offer);
    } else if (yields(this.#options.self, this.peer)) {
      await this.#yield(connection, offer);
    }
  }

  async #take(connection: RTCPeerConnection, offer: RTCSessionDescriptionInit): Promise<void> {
    await connection.setRemoteDescription(offer);
    await this.#addEarlyCandidates(connection);
    await this.#describe(connection, "answer");
    this.#accepted();
  }

  /**
   * A first offer goes with its whole connection: Chromium may find no candidate ever again after a
   * rollback that came while it was starting to look for them.
   */
  async #yield(connection: RTCPeerConnection, offer: RTCSessionDescriptionInit): Promise<void> {
    if (this.#everConnected) {
      await connection.setLocalDescription({ type: "rollback" });
      await this.#take(connection, offer);
    } else {
      this.#discard();
      this.#offer = offer;
      await this.#take(this.#open(), offer);
    }
  }

  /** A candidate must not overtake the description that it belongs to. */
  async #describe(connection: RTCPeerConnection, kind: "offer" | "answer"): Promise<void> {
    this.#held = [];
    await connection.setLocalDescription();
    const description = connection.localDescription;
    if (this.#state === "ended" || !description) {
      return;
    }
    this.#reachedOut = true;
    this.#options.signals[kind](this.peer, { type: description.type, sdp: description.sdp });
    const held = this.#held;
    this.#held = undefined;
    for (const candidate of held) {
      this.#sendCandidate(candidate);
    }
  }

  #sendCandidate(candidate: RTCIceCandidateInit): void {
    if (this.#held) {
      this.#held.push(candidate);
    } else if (this.#state !== "ended") {
      this.#options.signals.candidate(this.peer, candidate);
    }
  }

  async #addEarlyCandidates(connection: RTCPeerConnection): Promise<void> {
    for (const candidate of this.#early.splice(0)) {
      await this.#addCandidate(connection, candidate);
    }
  }

  /**
   * A candidate frame names no sender, and may come from an offer that was taken back or from
   * somebody we declined. Its ICE user name tells whether it belongs to this partner's description.
   */
  async #addCandidate(connection: RTCPeerConnection, given: RTCIceCandidateInit): Promise<void> {
    const user = iceUserOf(given);
    if (user !== undefined && !iceUsers(connection.remoteDescription).has(user)) {
      return;
    }
    try {
      await connection.addIceCandidate(given);
    } catch {
      // One candidate that this browser cannot use is one path less, not the end of the call.
    }
  }

  #accepted(): void {
    if (this.#state === "calling") {
      this.#change("connecting");
    }
    if (this.#state === "connecting") {
      this.#endAfter(CONNECT_TIMEOUT, "not-connected");
    }
  }

  #gathered(connection: RTCPeerConnection): void {
    // ICE itself would wait for ever: with no candidate of ours there is nothing that could fail.
    if (
      connection.iceGatheringState === "complete" && !this.#everConnected &&
      connection.localDescription && !hasCandidates(connection.localDescription)
    ) {
      this.#end({ reason: "not-connected" });
    }
  }

  #connectionChanged(connection: RTCPeerConnection): void {
    if (this.#state === "ended") {
      return;
    }
    const state = connection.connectionState;
    this.emit("connection", state);
    if (state === "connected") {
      this.#everConnected = true;
      this.#cancelTimer?.();
      this.#change("connected");
    } else if (state === "failed" && !this.#everConnected) {
      this.#end({ reason: "not-connected" });
    } else if (state === "failed" && this.#signalingLost) {
      this.#end({ reason: "signaling-lost" });
    } else if (state === "failed") {
      this.#endAfter(CONNECT_TIMEOUT, "path-lost");
      this.#restartAfterFailure(connection);
    } else if (state === "disconnected" && this.#signalingLost) {
      this.#endAfter(SILENCE_TIMEOUT, "signaling-lost");
    }
  }

  /** Both sides see the failure, and one new offer serves both: the greater name makes it. */
  #restartAfterFailure(connection: RTCPeerConnection): void {
    if (!yields(this.#options.self, this.peer)) {
      this.restart();
      return;
    }
    this.#clock.after(PARTNER_RESTART, () => {
      if (connection.connectionState === "failed") {
        this.restart();
      }
    });
  }

  /** One step after the other: a candidate waits for the description that was received before. */
  #run(task: (connection: RTCPeerConnection) => Promise<void>): void {
    this.#tasks = this.#tasks.then(async () => {
      if (this.#state === "ended") {
        return;
      }
      try {
        // Only #begin runs without a connection, and it makes one.
        await task(this.#connection as RTCPeerConnection);
      } catch (cause) {
        this.#end({ reason: "negotiation", cause });
      }
    });
  }

  #endAfter(milliseconds: number, reason: EndReason): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.after(milliseconds, () => this.#end({ reason }));
  }

  #end(end: CallEnd, tellPeer = true): void {
    if (this.#state === "ended") {
      return;
    }
    this.#change("ended");
    this.#cancelTimer?.();
    this.#discard();
    if (tellPeer && (this.incoming || this.#reachedOut)) {
      this.#options.signals.leave(this.peer);
    }
    const failed = end.reason === "not-connected" || end.reason === "path-lost";
    this.emit("connection", failed ? "failed" : "closed");
    this.emit("ended", { ...end, relayError: failed ? this.#relayError : undefined });
  }

  #discard(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection) {
      connection.onicecandidate = connection.onicecandidateerror = null;
      connection.onicegatheringstatechange = connection.onconnectionstatechange = null;
      connection.ontrack = null;
      connection.close();
    }
  }

  #change(state: CallState): void {
    if (state !== this.#state) {
      this.#state = state;
      this.emit("state", state);
    }
  }
}

async function isRelayed(connection: RTCPeerConnection): Promise<boolean> {
  const report = await connection.getStats();
  const all = new Map<string, Record<string, unknown>>();
  report.forEach((entry: Record<string, unknown> & { id: string }) => all.set(entry.id, entry));
  for (const entry of all.values()) {
    if (entry.type === "candidate-pair" && entry.nominated && entry.state === "succeeded") {
      return all.get(String(entry.localCandidateId))?.candidateType === "relay";
    }
  }
  return false;
}
