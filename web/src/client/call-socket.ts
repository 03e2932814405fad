import { backoff } from "./backoff.ts";
import { type Cancel, type Clock, systemClock } from "./clock.ts";
import { Emitter } from "./emitter.ts";
import { type IncomingFrame, type OutgoingFrame, parseFrame } from "./frames.ts";

/** `connecting` until the first login, `reconnecting` whenever a connection has to be made again. */
export type SocketState = "connecting" | "online" | "reconnecting" | "closed";

export interface CallSocketEvents {
  state: SocketState;
  /** The login was refused; the socket is closed and stays so. */
  refused: { nameInUse: boolean; message: string };
  offer: Extract<IncomingFrame, { type: "offer" }>;
  answer: Extract<IncomingFrame, { type: "answer" }>;
  candidate: Extract<IncomingFrame, { type: "candidate" }>;
  leave: Extract<IncomingFrame, { type: "leave" }>;
  error: { message: string };
  /** The connection broke, or could not be made; the next attempt is planned. */
  lost: { code: number; reason: string };
  /** The server ended the connection and does not want this client back. */
  closed: { code: number; message: string };
}

/** What of a WebSocket is used here: the browser's own fits, and so does a test's. */
export interface WebSocketLike {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export interface CallSocketOptions {
  /** Where the signaling service is: `ws://host:port`. */
  signaling: string;
  name: string;
  /** Opens a closed server; travels as a sub-protocol, because a browser sets no header here. */
  token?: string | undefined;
  connect?: (url: string, protocols: string[]) => WebSocketLike;
  clock?: Clock;
  random?: () => number;
}

/** A login that the server does not answer is a connection that does not work. */
const LOGIN_TIMEOUT = 10_000;
/** A connection that held this long was a good one: the next attempt starts at once. */
const SETTLED = 5_000;
/**
 * After a lost network the server may hold our own old session for a while, and with it our name.
 * So a name that was ours is asked for again this many times before it counts as taken.
 */
const OWN_NAME_ATTEMPTS = 6;

/** One peer's connection to the signaling service, in the `call` dialect. */
export class CallSocket extends Emitter<CallSocketEvents> {
  readonly name: string;
  readonly #url: string;
  readonly #protocols: string[];
  readonly #connect: (url: string, protocols: string[]) => WebSocketLike;
  readonly #clock: Clock;
  readonly #random: () => number;
  #socket: WebSocketLike | undefined;
  #state: SocketState = "closed";
  #attempt = 0;
  #everOnline = false;
  #nameRefusals = 0;
  #onlineSince = 0;
  #cancelTimer: Cancel | undefined;

  constructor(options: CallSocketOptions) {
    super();
    this.name = options.name;
    this.#url = options.signaling.replace(/\/*$/, "/");
    this.#protocols = options.token === undefined ? [] : carrierOf(options.token);
    this.#connect = options.connect ??
      ((url, protocols) => new WebSocket(url, protocols) as WebSocketLike);
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
  }

  get state(): SocketState {
    return this.#state;
  }

  open(): void {
    if (this.#state === "closed") {
      this.#attempt = 0;
      this.#everOnline = false;
      this.#change("connecting");
      this.#dial();
    }
  }

  close(): void {
    this.#drop(1000);
    this.#change("closed");
  }

  /** Does not wait for the back-off: the caller knows that the network is there again. */
  reconnectNow(): void {
    if (this.#state === "reconnecting" && !this.#socket) {
      this.#timer(0);
      this.#dial();
    }
  }

  /** False when there is no connection; this dialect keeps nothing for later. */
  send(frame: OutgoingFrame): boolean {
    if (this.#state !== "online" || !this.#socket) {
      return false;
    }
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  #dial(): void {
    let socket: WebSocketLike;
    try {
      socket = this.#connect(this.#url, this.#protocols);
    } catch (error) {
      // Not an address, or one that a secure page may not use: no later attempt can go better.
      this.#change("closed");
      this.emit("closed", { code: 0, message: `The server cannot be reached: ${error}` });
      return;
    }
    this.#socket = socket;
    this.#timer(LOGIN_TIMEOUT, () => this.#lost(0, ""));
    socket.onopen = () => socket.send(JSON.stringify({ type: "login", name: this.name }));
    socket.onmessage = (event) => {
      const frame = typeof event.data === "string" ? parseFrame(event.data) : undefined;
      if (frame) {
        this.#receive(frame);
      }
    };
    socket.onclose = (event) => this.#lost(event.code, event.reason);
  }

  #receive(frame: IncomingFrame): void {
    if (frame.type === "login") {
      this.#loggedIn(frame.success, frame.message);
    } else if (frame.type === "error") {
      this.#objected(frame.message);
    } else if (this.#state === "online") {
      this.emit(frame.type, frame as never);
    }
  }

  #loggedIn(success: boolean, message: string | undefined): void {
    if (success) {
      this.#timer(0);
      this.#everOnline = true;
      this.#nameRefusals = 0;
      this.#onlineSince = this.#clock.now();
      this.#change("online");
      return;
    }
    const nameInUse = message === undefined;
    if (nameInUse && this.#everOnline && this.#nameRefusals++ < OWN_NAME_ATTEMPTS) {
      this.#lost(0, "");
      return;
    }
    this.#refused(nameInUse, message ?? `The name “${this.name}” is in use. Choose another one.`);
  }

  /** An error before the first login answers it; later it may pass, as the server's trouble does. */
  #objected(message: string): void {
    if (this.#state === "online") {
      this.emit("error", { message });
    } else if (this.#everOnline) {
      this.#lost(0, message);
    } else {
      this.#refused(false, message);
    }
  }

  #refused(nameInUse: boolean, message: string): void {
    this.#drop(1000);
    this.#change("closed");
    this.emit("refused", { nameInUse, message });
  }

  #lost(code: number, reason: string): void {
    this.#drop(1000);
    if (code >= 3500 && code <= 3999) {
      this.#change("closed");
      this.emit("closed", {
        code,
        message: reason || `The server ended the connection (code ${code}).`,
      });
      return;
    }
    if (this.#state === "online" && this.#clock.now() - this.#onlineSince >= SETTLED) {
      this.#attempt = 0;
    }
    this.#timer(backoff(this.#attempt++, this.#random), () => this.#dial());
    this.emit("lost", { code, reason });
    this.#change("reconnecting");
  }

  /** Lets go of the socket; whatever it still says is not heard. */
  #drop(code: number): void {
    this.#timer(0);
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close(code);
    }
  }

  /** One timer at a time: the login's, or the back-off's. */
  #timer(milliseconds: number, task?: () => void): void {
    this.#cancelTimer?.();
    this.#cancelTimer = task && this.#clock.after(milliseconds, task);
  }

  #change(state: SocketState): void {
    if (state !== this.#state || state === "reconnecting") {
      this.#state = state;
      this.emit("state", state);
    }
  }
}

/** How Quarkus takes an Authorization header from a client that cannot send one. */
function carrierOf(token: string): string[] {
  return [
    "switchboard.call",
    encodeURIComponent(`quarkus-http-upgrade#Authorization#Bearer ${token}`),
  ];
}
