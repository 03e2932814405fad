import { PresenceWatch, type PresenceWatchEvents } from "../src/client/presence-watch.ts";
import { putStatus } from "../src/client/services.ts";
import { assertEquals, FakeClock, settle } from "./support.ts";

const SINCE = "2026-01-01T10:00:00Z";

/** A presence service whose streams a test writes by hand. */
class FakePresence {
  readonly requests: { url: string; init: RequestInit }[] = [];
  #streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  down = false;

  fetch = ((url: string, init: RequestInit) => {
    this.requests.push({ url, init });
    if (this.down) {
      return Promise.reject(new TypeError("Failed to fetch"));
    }
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => void this.#streams.push(controller),
    });
    init.signal?.addEventListener("abort", () => this.#fail());
    return Promise.resolve(new Response(body));
  }) as unknown as typeof globalThis.fetch;

  async say(text: string): Promise<void> {
    this.#streams.at(-1)?.enqueue(new TextEncoder().encode(text));
    await settle();
  }

  async end(): Promise<void> {
    this.#streams.at(-1)?.close();
    await settle();
  }

  #fail(): void {
    try {
      this.#streams.at(-1)?.error(new DOMException("aborted", "AbortError"));
    } catch {
      // It has ended already.
    }
  }

  header(request: number, name: string): string | undefined {
    return (this.requests[request]?.init.headers as Record<string, string>)[name];
  }
}

function watching(presence: FakePresence, clock: FakeClock) {
  const watch = new PresenceWatch({
    presence: "http://localhost:8081/",
    token: "t",
    clock,
    fetch: presence.fetch,
  });
  const seen: string[] = [];
  watch.on("peers", (peers: PresenceWatchEvents["peers"]) => {
    seen.push(peers.map(({ peer, status }) => peer + (status ? `:${status.status}` : "")).join());
  });
  watch.on("unreachable", ({ message }) => seen.push(message));
  watch.start();
  return { watch, seen };
}

function event(id: string, name: string, data: unknown): string {
  return `${id && `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

const ada = { peer: "ada", online: true, since: SINCE };

Deno.test("what is told is kept up to date", async () => {
  const presence = new FakePresence();
  const { watch, seen } = watching(presence, new FakeClock());
  await settle();
  assertEquals(presence.requests[0]?.url, "http://localhost:8081/presence/events");
  assertEquals(presence.header(0, "Authorization"), "Bearer t");
  await presence.say(event("1-0", "snapshot", { version: "1-0", peers: [ada], more: false }));
  await presence.say(event("2-0", "enter", { peer: "bob", at: SINCE }));
  await presence.say(
    event("3-0", "update", { peer: "bob", at: SINCE, status: { status: "busy" } }),
  );
  await presence.say(event("4-0", "leave", { peer: "ada", at: SINCE }));
  watch.stop();
  assertEquals(seen, ["ada", "ada,bob", "ada,bob:busy", "bob:busy"]);
});

Deno.test("an event may come in pieces, and a snapshot in parts", async () => {
  const presence = new FakePresence();
  const { watch, seen } = watching(presence, new FakeClock());
  await settle();
  const text = ":\n\n" +
    event("", "snapshot", { version: "1-0", peers: [ada], more: true }) +
    event("1-0", "snapshot", { version: "1-0", peers: [{ ...ada, peer: "zoë" }], more: false });
  for (const letter of text) {
    await presence.say(letter);
  }
  watch.stop();
  assertEquals(seen, ["ada,zoë"]);
});

Deno.test("after a lost connection it goes on where it was", async () => {
  const presence = new FakePresence();
  const clock = new FakeClock();
  const { watch, seen } = watching(presence, clock);
  await settle();
  await presence.say(event("1-0", "snapshot", { version: "1-0", peers: [ada], more: false }));
  await presence.end();
  await clock.advance(500);
  assertEquals(presence.header(1, "Last-Event-ID"), "1-0");
  await presence.say(event("2-0", "enter", { peer: "bob", at: SINCE }));
  watch.stop();
  assertEquals(seen, ["ada", "ada,bob"]);
});

Deno.test("a stream that is silent is given up", async () => {
  const presence = new FakePresence();
  const clock = new FakeClock();
  const { watch } = watching(presence, clock);
  await settle();
  await clock.advance(59_000);
  await presence.say(":\n\n");
  await clock.advance(59_000);
  assertEquals(presence.requests.length, 1);
  await clock.advance(1_000);
  await settle();
  await clock.advance(500);
  assertEquals(presence.requests.length, 2);
  watch.stop();
});

Deno.test("presence that is away is told, and asked again", async () => {
  const presence = new FakePresence();
  const clock = new FakeClock();
  presence.down = true;
  const { watch, seen } = watching(presence, clock);
  await settle();
  presence.down = false;
  await clock.advance(5_000);
  await presence.say(event("1-0", "snapshot", { version: "1-0", peers: [], more: false }));
  watch.stop();
  await clock.advance(60_000);
  assertEquals(seen, ["Presence: The service cannot be reached.", ""]);
  assertEquals(presence.requests.length, 2, "requests");
});

Deno.test("a status is put under the token's name, or the one that is given", async () => {
  const requests: string[] = [];
  const fetch = ((url: string, init: RequestInit) => {
    requests.push(`${init.method} ${url} ${init.body}`);
    return Promise.resolve(new Response(null, { status: 204 }));
  }) as unknown as typeof globalThis.fetch;
  await putStatus("http://p", "zoë", { status: "busy" }, { fetch });
  await putStatus("http://p", "zoë", { status: "away" }, { fetch, token: "t" });
  assertEquals(requests, [
    'PUT http://p/presence/me/status?name=zo%C3%AB {"status":"busy"}',
    'PUT http://p/presence/me/status {"status":"away"}',
  ]);
});
