import { CallSocket } from "../src/client/call-socket.ts";
import { Line } from "../src/client/line.ts";
import type { Call, CallEnd, Preparation } from "../src/client/call.ts";
import {
  answerOf,
  assertEquals,
  candidateOf,
  FakeClock,
  FakeNetwork,
  FakePeerConnection,
  offerOf,
  settle,
} from "./support.ts";

/** A logged in line of the given name, with every peer connection that it made. */
function fixture(
  name: string,
  prepare?: () => Promise<Preparation>,
  configure: (connection: FakePeerConnection) => void = () => {},
) {
  const clock = new FakeClock();
  const network = new FakeNetwork();
  const socket = new CallSocket({
    signaling: "ws://localhost:8080",
    name,
    connect: network.connect,
    clock,
    random: () => 1,
  });
  const connections: FakePeerConnection[] = [];
  const line = new Line({
    socket,
    clock,
    prepare: prepare ?? (() => Promise.resolve({ configuration: {} })),
    createPeerConnection: (configuration) => {
      const connection = new FakePeerConnection(configuration);
      configure(connection);
      connections.push(connection);
      return connection as unknown as RTCPeerConnection;
    },
  });
  const ends: CallEnd[] = [];
  line.on("call", (call) => call.on("ended", (end) => ends.push(end)));
  socket.open();
  network.logIn();
  return {
    clock,
    network,
    socket,
    line,
    connections,
    ends,
    get wire() {
      return network.latest;
    },
    get connection() {
      return connections.at(-1) as FakePeerConnection;
    },
    get reasons() {
      return ends.map(({ reason }) => reason);
    },
  };
}

async function connected(name: string, peer: string) {
  const it = fixture(name);
  const call = it.line.call(peer);
  await settle();
  it.wire.receive({ type: "answer", answer: answerOf(peer) });
  await settle();
  it.connection.become("connected");
  return { ...it, call, wire: it.wire, connection: it.connection };
}

Deno.test("offers, takes the answer, and is connected when a path is found", async () => {
  const { wire, connection, call } = await connected("ada", "bob");
  assertEquals(wire.sentOf("offer").map(({ name }) => name), ["bob"]);
  assertEquals(connection.log, [
    "recvonly audio",
    "recvonly video",
    "local offer",
    "remote answer",
  ]);
  assertEquals(call.state, "connected");
});

Deno.test("rings, and answers once the call is accepted", async () => {
  const it = fixture("bob");
  it.wire.receive({ type: "offer", name: "ada", offer: offerOf("a1") });
  const call = it.line.current as Call;
  assertEquals([call.peer, call.incoming, call.state], ["ada", true, "ringing"]);
  assertEquals(it.connections.length, 0, "connections before the call is accepted");
  call.accept();
  await settle();
  assertEquals(it.connection.log, ["remote offer", "local answer"]);
  assertEquals(it.wire.sentOf("answer").map(({ name }) => name), ["ada"]);
});

Deno.test("keeps the partner's candidates until there is a remote description", async () => {
  const it = fixture("bob");
  it.wire.receive({ type: "offer", name: "ada", offer: offerOf("a1") });
  it.wire.receive({ type: "candidate", candidate: candidateOf("a1") });
  it.line.current?.accept();
  it.wire.receive({ type: "candidate", candidate: candidateOf("a1") });
  await settle();
  assertEquals(it.connection.candidates.length, 2, "candidates");

  const caller = fixture("ada");
  caller.line.call("bob");
  await settle();
  caller.wire.receive({ type: "candidate", candidate: candidateOf("b1") });
  await settle();
  assertEquals(caller.connection.candidates.length, 0, "candidates before the answer");
  caller.wire.receive({ type: "answer", answer: answerOf("b1") });
  caller.wire.receive({ type: "candidate", candidate: candidateOf("b1") });
  await settle();
  assertEquals(caller.connection.candidates.length, 2, "candidates after the answer");
});

Deno.test("ignores candidates that do not belong to the partner's description", async () => {
  const { wire, connection } = await connected("ada", "bob");
  wire.receive({ type: "candidate", candidate: candidateOf("eve") });
  wire.receive({
    type: "candidate",
    candidate: { candidate: "candidate:1 1 udp 1 192.0.2.9 9 typ host generation 0 ufrag eve" },
  });
  wire.receive({ type: "candidate", candidate: candidateOf("bob") });
  await settle();
  assertEquals(connection.candidates.length, 1, "candidates");
});

Deno.test("sends no candidate before the description that it belongs to", async () => {
  const it = fixture("ada", undefined, (connection) => {
    connection.earlyCandidate = "candidate:early";
  });
  it.line.call("bob");
  await settle();
  it.connection.find("candidate:late");
  assertEquals(it.wire.sent.map(({ type }) => type), ["login", "offer", "candidate", "candidate"]);
});

Deno.test("glare: the smaller name takes its offer back and answers", async () => {
  const it = fixture("ada");
  const call = it.line.call("bob");
  await settle();
  it.wire.receive({ type: "offer", name: "bob", offer: offerOf("b1") });
  await settle();
  assertEquals(it.connections.map(({ log }) => log), [
    ["recvonly audio", "recvonly video", "local offer", "close"],
    ["remote offer", "local answer"],
  ]);
  assertEquals(call.state, "connecting");
  assertEquals(it.wire.sentOf("answer").length, 1, "answers");
});

Deno.test("glare within a call: the smaller name rolls its offer back, the connection stays", async () => {
  const { wire, connection, connections, call } = await connected("ada", "bob");
  call.restart();
  await settle();
  wire.receive({ type: "offer", name: "bob", offer: offerOf("b2") });
  await settle();
  assertEquals(connections.length, 1, "connections");
  assertEquals(connection.log.slice(-3), ["rollback", "remote offer", "local answer"]);
});

Deno.test("glare: the greater name lets its offer stand", async () => {
  const it = fixture("bob");
  const call = it.line.call("ada");
  await settle();
  it.wire.receive({ type: "offer", name: "ada", offer: offerOf("a1") });
  it.wire.receive({ type: "candidate", candidate: candidateOf("a1") });
  await settle();
  assertEquals(it.wire.sentOf("answer").length, 0, "answers");
  assertEquals(call.state, "calling");
  it.wire.receive({ type: "answer", answer: answerOf("a2") });
  it.wire.receive({ type: "candidate", candidate: candidateOf("a2") });
  await settle();
  assertEquals(call.state, "connecting");
  assertEquals(it.connection.candidates.map((one) => one.usernameFragment), ["a2"]);
});

Deno.test("glare: an offer that comes while we are still preparing is answered", async () => {
  let ready = () => {};
  const prepared = new Promise<void>((resolve) => ready = resolve);
  const it = fixture("bob", () => prepared.then(() => ({ configuration: {} })));
  it.line.call("ada");
  it.wire.receive({ type: "offer", name: "ada", offer: offerOf("a1") });
  ready();
  await settle();
  assertEquals(it.wire.sent.map(({ type }) => type), ["login", "answer"]);
});

Deno.test("leaves once, however often it hangs up", async () => {
  const { wire, call, connection, ends } = await connected("ada", "bob");
  call.hangUp();
  call.hangUp();
  wire.receive({ type: "leave" });
  assertEquals(wire.sentOf("leave"), [{ type: "leave", name: "bob" }]);
  assertEquals(ends.map(({ reason }) => reason), ["hung-up"]);
  assertEquals(connection.log.at(-1), "close");
});

Deno.test("does not leave a call that nobody heard of", async () => {
  const it = fixture("ada", () => Promise.reject(new Error("No camera")));
  it.line.call("bob");
  await settle();
  assertEquals(it.reasons, ["not-prepared"]);
  assertEquals(it.wire.sentOf("leave").length, 0, "leaves");
});

Deno.test("is told apart: declined, cancelled, hung up", async () => {
  const caller = fixture("ada");
  caller.line.call("bob");
  await settle();
  caller.wire.receive({ type: "leave" });
  assertEquals(caller.reasons, ["declined"]);

  const callee = fixture("bob");
  callee.wire.receive({ type: "offer", name: "ada", offer: offerOf("a1") });
  callee.wire.receive({ type: "leave" });
  assertEquals(callee.reasons, ["cancelled"]);

  const { wire, ends } = await connected("ada", "bob");
  wire.receive({ type: "leave" });
  assertEquals(ends.map(({ reason }) => reason), ["partner-left"]);
  assertEquals(wire.sentOf("leave").length, 0, "leaves");
});

Deno.test("declines a third peer, and answers the partner's new offer, within a call", async () => {
  const { wire, line, connection } = await connected("ada", "bob");
  const busy: string[] = [];
  line.on("busy", ({ name }) => busy.push(name));
  wire.receive({ type: "offer", name: "eve", offer: offerOf("e1") });
  assertEquals(wire.sentOf("leave"), [{ type: "leave", name: "eve" }]);
  assertEquals(busy, ["eve"]);
  wire.receive({ type: "offer", name: "bob", offer: offerOf("b2") });
  await settle();
  assertEquals(connection.log.slice(-2), ["remote offer", "local answer"]);
  assertEquals(line.current?.state, "connected");
});

Deno.test("ends the call to somebody who is not there", async () => {
  const it = fixture("ada");
  it.line.call("bob");
  await settle();
  it.wire.receive({ type: "error", message: "No such user: bob" });
  const told: string[] = [];
  it.line.on("error", ({ message }) => told.push(message));
  it.wire.receive({ type: "error", message: "No such user: bob" });
  assertEquals(it.reasons, ["no-such-user"]);
  assertEquals(told, [], "errors for the candidates that followed the offer");
  assertEquals(it.wire.sentOf("leave").length, 0, "leaves");
});

Deno.test("a call without an answer ends by itself", async () => {
  const it = fixture("ada");
  it.line.call("bob");
  await settle();
  await it.clock.advance(60_000);
  assertEquals(it.reasons, ["no-answer"]);
  assertEquals(it.wire.sentOf("leave").length, 1, "leaves");
});

Deno.test("a call that finds no path ends, at the latest after its time", async () => {
  const it = fixture("ada");
  it.line.call("bob");
  await settle();
  it.wire.receive({ type: "answer", answer: answerOf("b1") });
  await settle();
  await it.clock.advance(20_000);
  assertEquals(it.reasons, ["not-connected"]);
});

Deno.test("a call for which not one candidate was found ends at once", async () => {
  const it = fixture("ada");
  it.line.call("bob");
  await settle();
  it.connection.localDescription = { type: "offer", sdp: "a=ice-ufrag:x\r\n" };
  it.connection.iceGatheringState = "complete";
  it.connection.onicegatheringstatechange?.();
  assertEquals(it.reasons, ["not-connected"]);
});

Deno.test("a path that is lost is looked for again, once, before the call ends", async () => {
  const { wire, connection, clock, ends } = await connected("bob", "ada");
  connection.become("failed");
  await settle();
  assertEquals(connection.log.slice(-2), ["restart", "local offer"]);
  assertEquals(wire.sentOf("offer").length, 2, "offers");
  await clock.advance(20_000);
  assertEquals(ends.map(({ reason }) => reason), ["path-lost"]);
});

Deno.test("the smaller name leaves it to the greater to look for a new path, for a while", async () => {
  const { wire, connection, clock } = await connected("ada", "bob");
  connection.become("failed");
  await settle();
  assertEquals(wire.sentOf("offer").length, 1, "offers at once");
  await clock.advance(5_000);
  assertEquals(wire.sentOf("offer").length, 2, "offers later");
});

Deno.test("without signaling a connected call goes on until its media stops", async () => {
  const { network, connection, clock, ends, line } = await connected("ada", "bob");
  network.latest.onclose?.({ code: 1006, reason: "" });
  await clock.advance(60_000);
  assertEquals(line.current?.state, "connected");
  connection.become("disconnected");
  await clock.advance(3_000);
  assertEquals(ends.map(({ reason }) => reason), ["signaling-lost"]);
});

Deno.test("without signaling a call that is not connected ends", async () => {
  const it = fixture("ada");
  it.line.call("bob");
  await settle();
  it.wire.onclose?.({ code: 1006, reason: "" });
  assertEquals(it.reasons, ["signaling-lost"]);
});

Deno.test("new ICE servers are taken within a call, which moves only where it is relayed", async () => {
  const { call, connection, wire } = await connected("ada", "bob");
  const pair = { id: "p", type: "candidate-pair", nominated: true, state: "succeeded" };
  connection.stats.set("p", { ...pair, localCandidateId: "l" });
  connection.stats.set("l", { id: "l", type: "local-candidate", candidateType: "host" });
  call.renew({ iceServers: [] });
  await settle();
  assertEquals(wire.sentOf("offer").length, 1, "offers of a direct call");
  connection.stats.set("l", { id: "l", type: "local-candidate", candidateType: "relay" });
  call.renew({ iceServers: [] });
  await settle();
  assertEquals(wire.sentOf("offer").length, 2, "offers of a relayed call");
});

Deno.test("a description that the browser refuses ends the call", async () => {
  const it = fixture("ada");
  it.line.call("bob");
  await settle();
  it.wire.receive({ type: "answer", answer: { type: "answer", sdp: "nonsense" } });
  await settle();
  assertEquals(it.reasons, ["negotiation"]);
  assertEquals(it.wire.sentOf("leave").length, 1, "leaves");
});
