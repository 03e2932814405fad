import { type Cancel, type Clock, systemClock } from "./clock.ts";
import { Emitter } from "./emitter.ts";
import { fetchPresence, type OnlinePeer, type RequestOptions } from "./services.ts";

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

const INTERVAL = 2_000;
/** A service that is down is not asked as often as one that answers. */
const INTERVAL_AFTER_ERROR = 5_000;

/** Asks who is online, again and again while somebody looks. */
export class PresenceWatch extends Emitter<PresenceWatchEvents> {
  readonly #options: PresenceWatchOptions;
  readonly #clock: Clock;
  #cancelTimer: Cancel | undefined;
  /** Rises with each start and stop, so that a late answer to an earlier one counts for nothing. */
  #round = 0;
  #running = false;

  constructor(options: PresenceWatchOptions) {
    super();
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  start(): void {
    if (!this.#running) {
      this.#running = true;
      this.#ask(++this.#round);
    }
  }

  stop(): void {
    this.#running = false;
    this.#round++;
    this.#cancelTimer?.();
  }

  async #ask(round: number): Promise<void> {
    let next = INTERVAL;
    try {
      const peers = await fetchPresence(this.#options.presence, this.#options);
      if (round === this.#round) {
        this.emit("peers", peers);
      }
    } catch (error) {
      next = INTERVAL_AFTER_ERROR;
      if (round === this.#round) {
        this.emit("unreachable", error as Error);
      }
    }
    if (round === this.#round) {
      this.#cancelTimer = this.#clock.after(next, () => this.#ask(round));
    }
  }
}
