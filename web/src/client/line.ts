import { Call, type Preparation, type Signals } from "./call.ts";
import type { CallSocket } from "./call-socket.ts";
import type { Clock } from "./clock.ts";
import { Emitter } from "./emitter.ts";
import { missingUser } from "./frames.ts";

export interface LineEvents {
  /** A call began: its `incoming` and `state` say which kind. */
  call: Call;
  /** Somebody called while the line was busy, and was told so. */
  busy: { name: string };
  /** What the server objected to, where it concerns no call. */
  error: { message: string };
}

export interface LineOptions {
  socket: CallSocket;
  prepare: () => Promise<Preparation>;
  createPeerConnection?: (configuration: RTCConfiguration) => RTCPeerConnection;
  clock?: Clock;
}

/** Carries at most one call at a time over a socket, as the `call` dialect means it. */
export class Line extends Emitter<LineEvents> {
  readonly #options: LineOptions;
  readonly #socket: CallSocket;
  readonly #signals: Signals;
  #call: Call | undefined;

  constructor(options: LineOptions) {
    super();
    this.#options = options;
    const socket = options.socket;
    this.#socket = socket;
    this.#signals = {
      offer: (name, offer) => socket.send({ type: "offer", name, offer }),
      answer: (name, answer) => socket.send({ type: "answer", name, answer }),
      candidate: (name, candidate) => socket.send({ type: "candidate", name, candidate }),
      leave: (name) => socket.send({ type: "leave", name }),
    };
    socket.on("offer", ({ name, offer }) => this.#offered(name, offer));
    socket.on("answer", ({ name, answer }) => this.#callWith(name)?.receiveAnswer(answer));
    socket.on(
      "candidate",
      ({ name, candidate }) => this.#callWith(name)?.receiveCandidate(candidate),
    );
    socket.on("leave", ({ name }) => this.#callWith(name)?.receiveLeave());
    socket.on("error", ({ message }) => this.#objected(message));
    socket.on("state", (state) => {
      if (state === "reconnecting" || state === "closed") {
        this.#call?.signalingLost();
      }
    });
  }

  /** The call that is on the line now. */
  get current(): Call | undefined {
    return this.#call;
  }

  /** Calling somebody who is ringing just now is taking that call. */
  call(peer: string): Call {
    if (peer === this.#socket.name) {
      throw new Error("This is your own name.");
    }
    const current = this.#call;
    if (current?.peer === peer) {
      current.accept();
      return current;
    }
    if (current) {
      throw new Error(`You are in a call with ${current.peer}.`);
    }
    if (this.#socket.state !== "online") {
      throw new Error("There is no connection to the server right now.");
    }
    return this.#carry(Call.outgoing(this.#callOptions(peer)));
  }

  #offered(name: string, offer: RTCSessionDescriptionInit): void {
    if (!this.#call) {
      this.#carry(Call.incoming(this.#callOptions(name), offer));
    } else if (this.#call.peer === name) {
      this.#call.receiveOffer(offer);
    } else {
      this.#signals.leave(name);
      this.emit("busy", { name });
    }
  }

  #objected(message: string): void {
    const missing = missingUser(message);
    if (missing !== undefined) {
      // Said again for each candidate that was under way; the call it concerned ended at the first.
      this.#callWith(missing)?.peerMissing();
    } else {
      this.emit("error", { message });
    }
  }

  /** A frame that names nobody can only mean the call that is there. */
  #callWith(name: string | undefined): Call | undefined {
    return name === undefined || name === this.#call?.peer ? this.#call : undefined;
  }

  #carry(call: Call): Call {
    this.#call = call;
    call.on("ended", () => {
      if (this.#call === call) {
        this.#call = undefined;
      }
    });
    this.emit("call", call);
    return call;
  }

  #callOptions(peer: string) {
    const { prepare, createPeerConnection, clock } = this.#options;
    return {
      self: this.#socket.name,
      peer,
      signals: this.#signals,
      prepare,
      createPeerConnection,
      clock,
    };
  }
}
