import { type Cancel, type Clock, systemClock } from "./clock.ts";
import { fetchIceServers, type IceServersAnswer, type RequestOptions } from "./services.ts";

export interface IceServersOptions extends RequestOptions {
  /** Where the ICE service is: `http://host:port`. */
  ice: string;
  clock?: Clock;
}

const RETRY = 30_000;
/** The longest delay that a browser's timer takes. */
const LONGEST_DELAY = 2 ** 31 - 1;

interface Held {
  configuration: RTCConfiguration;
  refreshAt: number;
  expiresAt: number;
}

/** Keeps ICE servers at hand, and asks for new ones before the service wants us to. */
export class IceServers {
  readonly #options: IceServersOptions;
  readonly #clock: Clock;
  #held: Held | undefined;

  constructor(options: IceServersOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** Those at hand while they are fresh, else new ones; old ones that still work before none. */
  async configuration(): Promise<RTCConfiguration> {
    const held = this.#held;
    if (held && this.#clock.now() < held.refreshAt) {
      return held.configuration;
    }
    try {
      return await this.#fetch();
    } catch (error) {
      if (held && this.#clock.now() < held.expiresAt) {
        return held.configuration;
      }
      throw error;
    }
  }

  /** Keeps them fresh for as long as a call lasts, and tells of each renewal. */
  watch(renewed: (configuration: RTCConfiguration) => void): Cancel {
    let stopped = false;
    let cancelTimer: Cancel | undefined;
    const plan = (delay: number) => {
      cancelTimer = this.#clock.after(Math.min(delay, LONGEST_DELAY), refresh);
    };
    const refresh = async () => {
      if (this.#untilRefresh() > 0) {
        plan(this.#untilRefresh());
        return;
      }
      try {
        const configuration = await this.#fetch();
        if (!stopped) {
          renewed(configuration);
          plan(this.#untilRefresh());
        }
      } catch {
        // The call goes on with what it has; the service may be back in time.
        if (!stopped) {
          plan(RETRY);
        }
      }
    };
    plan(this.#held ? Math.max(0, this.#untilRefresh()) : RETRY);
    return () => {
      stopped = true;
      cancelTimer?.();
    };
  }

  #untilRefresh(): number {
    return (this.#held?.refreshAt ?? 0) - this.#clock.now();
  }

  async #fetch(): Promise<RTCConfiguration> {
    const answer = await fetchIceServers(this.#options.ice, this.#options);
    const { iceServers, iceTransportPolicy } = answer;
    const configuration = { iceServers, ...(iceTransportPolicy ? { iceTransportPolicy } : {}) };
    const now = this.#clock.now();
    this.#held = {
      configuration,
      refreshAt: now + refreshIn(answer),
      expiresAt: now + answer.ttl * 1000,
    };
    return configuration;
  }
}

/**
 * Counted from the answer's own two times and its ttl, so that a browser whose clock is wrong still
 * asks in time. A tenth of it, at most half a minute, is kept as a margin.
 */
function refreshIn({ ttl, expiresAt, refreshAfter }: IceServersAnswer): number {
  const lifetime = ttl * 1000;
  const beforeEnd = Date.parse(expiresAt) - Date.parse(refreshAfter);
  const due = Number.isFinite(beforeEnd) ? lifetime - beforeEnd : lifetime / 2;
  return Math.max(1000, due - Math.min(30_000, due / 10));
}
