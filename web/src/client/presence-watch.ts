import { type Cancel, type Clock, systemClock } from "./clock.ts";
import { Emitter } from "./emitter.ts";
import {
  type OnlinePeer,
  openPresence,
  type PresenceStatus,
  type RequestOptions,
} from "./services.ts";
import { type ServerSentEvent, serverSentEvents } from "./server-sent-events.ts";

export interface PresenceWatchEvents {
  peers: OnlinePeer[];
  /** Presence did not answer; it is asked again. */
  unreachable: Error;
}

export interface PresenceWatchOptions extends RequestOptions {
  /** Where the presence service is: `http://host:port`. */
  presence: string;
  clock?: Clock;
}

const AFTER_THE_END = 500;
/** A service that is down is not asked as often as one that answers. */
const AFTER_AN_ERROR = 5_000;
/** The service shows every 25 s that it lives: a network that was lost says nothing at all. */
const SILENCE = 60_000;

interface Told {
  peer: string;
  at: string;
  status?: PresenceStatus;
}

/**
 * Knows who is online while somebody looks. It is told what changes; when the connection is lost it
 * goes on where it was, at whichever pod answers, and asks for all where that is too long ago.
 */
export class PresenceWatch extends Emitter<PresenceWatchEvents> {
  readonly #options: PresenceWatchOptions;
  readonly #clock: Clock;
  readonly #peers = new Map<string, OnlinePeer>();
  #fresh = new Map<string, OnlinePeer>();
  #last = "";
  #cancelTimer: Cancel | undefined;
  #cancelSilence: Cancel | undefined;
  #stream: AbortController | undefined;

  constructor(options: PresenceWatchOptions) {
    super();
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  start(): void {
    if (!this.#stream) {
      this.#stream = new AbortController();
      this.#follow(this.#stream);
    }
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelSilence?.();
    this.#stream?.abort();
    this.#stream = undefined;
  }

  async #follow(stream: AbortController): Promise<void> {
    let next = AFTER_THE_END;
    const connection = new AbortController();
    stream.signal.addEventListener("abort", () => connection.abort());
    try {
      const body = await openPresence(this.#options.presence, {
        ...this.#options,
        last: this.#last,
        signal: connection.signal,
      });
      this.#expectLife(connection);
      for await (const event of serverSentEvents(body)) {
        if (stream.signal.aborted) {
          return;
        }
        this.#expectLife(connection);
        this.#take(event);
      }
    } catch (error) {
      if (!stream.signal.aborted && !connection.signal.aborted) {
        next = AFTER_AN_ERROR;
        this.emit("unreachable", error as Error);
      }
    }
    this.#cancelSilence?.();
    if (!stream.signal.aborted) {
      this.#cancelTimer = this.#clock.after(next, () => this.#follow(stream));
    }
  }

  #expectLife(connection: AbortController): void {
    this.#cancelSilence?.();
    this.#cancelSilence = this.#clock.after(SILENCE, () => connection.abort());
  }

  #take({ id, name, data }: ServerSentEvent): void {
    switch (name) {
      case "snapshot":
        this.#begin(JSON.parse(data));
        break;
      case "enter":
      case "update":
        this.#here(JSON.parse(data));
        break;
      case "leave":
        this.#peers.delete(JSON.parse(data).peer);
        this.#tell();
        break;
    }
    if (id) {
      this.#last = id;
    }
  }

  /** A large one comes in parts. */
  #begin({ peers, more }: { peers: OnlinePeer[]; more: boolean }): void {
    for (const { peer, since, status } of peers) {
      this.#fresh.set(peer, { peer, since, ...(status && { status }) });
    }
    if (!more) {
      this.#peers.clear();
      for (const [peer, online] of this.#fresh) {
        this.#peers.set(peer, online);
      }
      this.#fresh = new Map();
      this.#tell();
    }
  }

  #here({ peer, at, status }: Told): void {
    const since = this.#peers.get(peer)?.since ?? at;
    this.#peers.set(peer, { peer, since, ...(status && { status }) });
    this.#tell();
  }

  #tell(): void {
    this.emit("peers", [...this.#peers.values()]);
  }
}
