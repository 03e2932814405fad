import { CallSocket, type CallSocketOptions } from "../src/client/call-socket.ts";
import { assertEquals, FakeClock, FakeNetwork } from "./support.ts";

function fixture(options: Partial<CallSocketOptions> = {}) {
  const clock = new FakeClock();
  const network = new FakeNetwork();
  const socket = new CallSocket({
    signaling: "ws://localhost:8080",
    name: "ada",
    connect: network.connect,
    clock,
    random: () => 1,
    ...options,
  });
  const told: string[] = [];
  socket.on("state", (state) => told.push(state));
  socket.on("refused", ({ message }) => told.push(`refused: ${message}`));
  socket.on("closed", ({ message }) => told.push(`closed: ${message}`));
  socket.on("error", ({ message }) => told.push(`error: ${message}`));
  socket.open();
  return { clock, network, socket, told };
}

Deno.test("logs in as soon as the socket is open", () => {
  const { network, told } = fixture();
  assertEquals(network.latest.url, "ws://localhost:8080/");
  assertEquals(network.latest.protocols, []);
  network.logIn();
  assertEquals(network.latest.sent, [{ type: "login", name: "ada" }]);
  assertEquals(told, ["connecting", "online"]);
});

Deno.test("carries a token in the sub-protocol", () => {
  const { network } = fixture({ token: "abc.def" });
  assertEquals(network.latest.protocols, [
    "switchboard.call",
    "quarkus-http-upgrade%23Authorization%23Bearer%20abc.def",
  ]);
});

Deno.test("says that the name is in use when a login is refused without a message", async () => {
  const { clock, network, told } = fixture();
  network.latest.onopen?.();
  network.latest.receive({ type: "login", success: false });
  assertEquals(told, [
    "connecting",
    "closed",
    "refused: The name “ada” is in use. Choose another one.",
  ]);
  await clock.advance(60_000);
  assertEquals(network.sockets.length, 1, "sockets");
});

Deno.test("passes on why a login was refused", () => {
  const { network, told } = fixture();
  network.latest.onopen?.();
  network.latest.receive({ type: "login", success: false, message: "The token is for eve" });
  assertEquals(told.at(-1), "refused: The token is for eve");
});

Deno.test("takes an error before the first login as its refusal", () => {
  const { network, told } = fixture();
  network.latest.onopen?.();
  network.latest.receive({ type: "error", message: "A name has 1 to 64 characters" });
  assertEquals(told.at(-1), "refused: A name has 1 to 64 characters");
});

Deno.test("logs in again after the connection was lost", async () => {
  const { clock, network, told } = fixture();
  network.logIn();
  network.latest.onclose?.({ code: 1006, reason: "" });
  assertEquals(told.at(-1), "reconnecting");
  await clock.advance(500);
  assertEquals(network.sockets.length, 2, "sockets");
  network.logIn();
  assertEquals(network.latest.sent, [{ type: "login", name: "ada" }]);
  assertEquals(told.at(-1), "online");
});

Deno.test("waits longer with each attempt, and never longer than the ceiling", async () => {
  const { clock, network } = fixture();
  const waits = [];
  for (let attempt = 0; attempt < 8; attempt++) {
    const before = clock.now();
    const sockets = network.sockets.length;
    network.latest.onclose?.({ code: 1006, reason: "" });
    while (network.sockets.length === sockets) {
      await clock.advance(250);
    }
    waits.push(clock.now() - before);
  }
  assertEquals(waits, [500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
});

Deno.test("gives up a connection on which the login is not answered", async () => {
  const { clock, network, told } = fixture();
  network.latest.onopen?.();
  await clock.advance(10_000);
  assertEquals(network.sockets[0]?.closed, true);
  assertEquals(told.at(-1), "reconnecting");
});

Deno.test("comes back after a close code that asks for it, and not after one that forbids it", async () => {
  const { clock, network, told } = fixture();
  network.logIn();
  network.latest.onclose?.({ code: 3000, reason: "Draining" });
  await clock.advance(500);
  network.logIn();
  network.latest.onclose?.({ code: 3500, reason: "You were replaced" });
  await clock.advance(60_000);
  assertEquals(network.sockets.length, 2, "sockets");
  assertEquals(told.slice(-2), ["closed", "closed: You were replaced"]);
});

Deno.test("asks again for its own name, which the lost session may still hold", async () => {
  const { clock, network, told } = fixture();
  network.logIn();
  network.latest.onclose?.({ code: 1006, reason: "" });
  await clock.advance(500);
  network.latest.onopen?.();
  network.latest.receive({ type: "login", success: false });
  assertEquals(told.at(-1), "reconnecting");
  await clock.advance(1_000);
  network.logIn();
  assertEquals(told.at(-1), "online");
});

Deno.test("is not confused by frames that it does not know", () => {
  const { network, told } = fixture();
  network.logIn();
  for (const frame of ["", "null", "[]", "{", '{"type":"offer"}', '{"type":"news"}']) {
    network.latest.receive(frame);
  }
  assertEquals(told, ["connecting", "online"]);
});

Deno.test("sends nothing while it is not logged in", () => {
  const { network, socket } = fixture();
  assertEquals(socket.send({ type: "leave" }), false);
  network.logIn();
  assertEquals(socket.send({ type: "leave" }), true);
});
