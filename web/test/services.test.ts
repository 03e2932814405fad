import { IceServers } from "../src/client/ice-servers.ts";
import { fetchConfig, fetchIceServers, fetchPresence } from "../src/client/services.ts";
import { readToken } from "../src/client/token.ts";
import { assertEquals, assertRejects, FakeClock } from "./support.ts";

/** Answers each request with the next of the given answers, the last one for ever. */
function fakeFetch(...answers: (() => Response)[]) {
  const requests: { url: string; headers: Record<string, string> }[] = [];
  const fetch = ((url: string, init: RequestInit) => {
    requests.push({ url, headers: init.headers as Record<string, string> });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError("Failed to fetch"));
  }) as unknown as typeof globalThis.fetch;
  return { fetch, requests };
}

const json = (body: unknown, init: ResponseInit = {}) => () => Response.json(body, init);

const problem = (status: number, body: unknown, headers: Record<string, string> = {}) => () =>
  new Response(typeof body === "string" ? body : JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
  });

function iceAnswer(credential: string) {
  return {
    iceServers: [{ urls: ["turn:relay.example"], username: "u", credential }],
    iceTransportPolicy: "all",
    ttl: 3600,
    expiresAt: "2026-01-01T01:00:00Z",
    refreshAfter: "2026-01-01T00:50:00Z",
  };
}

Deno.test("problem JSON becomes a sentence", async () => {
  const { fetch } = fakeFetch(
    problem(403, { title: "Forbidden", status: 403, detail: "Your token allows no relay." }),
  );
  await assertRejects(
    () => fetchIceServers("http://localhost:8082", { fetch }),
    "ICE servers: Forbidden: Your token allows no relay.",
  );
});

Deno.test("a refused quota says when to come back", async () => {
  const { fetch } = fakeFetch(problem(429, { title: "Too many" }, { "retry-after": "7" }));
  await assertRejects(
    () => fetchIceServers("http://localhost:8082", { fetch }),
    "ICE servers: Too many. Try again in 7 s.",
  );
});

Deno.test("an error that explains nothing is explained by its status", async () => {
  const { fetch } = fakeFetch(
    problem(401, "<html>"),
    () => new Response("<html>", { status: 502 }),
  );
  await assertRejects(
    () => fetchPresence("http://localhost:8081", { fetch }),
    "Presence: The token is missing, not valid or expired.",
  );
  await assertRejects(
    () => fetchPresence("http://localhost:8081", { fetch }),
    "Presence: The service answered with status 502.",
  );
});

Deno.test("a service that does not answer is named", async () => {
  const { fetch } = fakeFetch();
  await assertRejects(
    () => fetchPresence("http://localhost:8081", { fetch }),
    "Presence: The service cannot be reached.",
  );
});

Deno.test("a token goes into the Authorization header, and nothing without one", async () => {
  const { fetch, requests } = fakeFetch(json({ peers: [] }));
  await fetchPresence("http://localhost:8081/", { fetch, token: "abc" });
  await fetchPresence("http://localhost:8081", { fetch });
  assertEquals(requests.map(({ url }) => url), [
    "http://localhost:8081/presence",
    "http://localhost:8081/presence",
  ]);
  assertEquals(requests.map(({ headers }) => headers.Authorization ?? "none"), [
    "Bearer abc",
    "none",
  ]);
});

Deno.test("a configuration without its services is refused", async () => {
  const { fetch } = fakeFetch(json({ signaling: "ws://localhost:8080" }));
  await assertRejects(
    () => fetchConfig("/config.json", { fetch }),
    "Configuration: The server did not say where its services are.",
  );
});

Deno.test("ICE servers are asked for once while they are fresh", async () => {
  const clock = new FakeClock();
  const { fetch, requests } = fakeFetch(json(iceAnswer("one")));
  const servers = new IceServers({ ice: "http://localhost:8082", clock, fetch });
  assertEquals((await servers.configuration()).iceServers?.[0]?.credential, "one");
  await clock.advance(49 * 60_000);
  await servers.configuration();
  assertEquals(requests.length, 1, "requests");
  await clock.advance(60_000);
  await servers.configuration();
  assertEquals(requests.length, 2, "requests after refreshAfter");
});

Deno.test("ICE servers are renewed before refreshAfter while a call lasts", async () => {
  const clock = new FakeClock();
  const { fetch, requests } = fakeFetch(json(iceAnswer("one")), json(iceAnswer("two")));
  const servers = new IceServers({ ice: "http://localhost:8082", clock, fetch });
  await servers.configuration();
  const renewed: unknown[] = [];
  const stop = servers.watch(({ iceServers }) => renewed.push(iceServers?.[0]?.credential));
  await clock.advance(49 * 60_000);
  assertEquals(renewed, []);
  await clock.advance(59_000);
  assertEquals(renewed, ["two"]);
  stop();
  await clock.advance(2 * 3600_000);
  assertEquals(requests.length, 2, "requests after the call");
});

Deno.test("old ICE servers serve while the service is away and they still work", async () => {
  const clock = new FakeClock();
  const { fetch } = fakeFetch(
    json(iceAnswer("one")),
    problem(503, { title: "Away" }),
    problem(503, { title: "Away" }),
  );
  const servers = new IceServers({ ice: "http://localhost:8082", clock, fetch });
  await servers.configuration();
  await clock.advance(55 * 60_000);
  assertEquals((await servers.configuration()).iceServers?.[0]?.credential, "one");
  await clock.advance(10 * 60_000);
  await assertRejects(() => servers.configuration(), "ICE servers: Away.");
});

Deno.test("a token tells its name, and what is no token tells nothing", () => {
  const payload = btoa(String.fromCharCode(
    ...new TextEncoder().encode(JSON.stringify({ sub: "zoë", exp: 1 })),
  )).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  assertEquals(readToken(` e30.${payload}.sig `), { sub: "zoë", exp: 1 });
  for (const other of ["", "ada", "a.b", "a.%.c", "a.AAAA.c"]) {
    assertEquals(readToken(other) ?? "nothing", "nothing");
  }
});
