#!/usr/bin/env node
// How long it takes until all are logged in again after the server was killed (SIGKILL) and started anew: our signaling as a native image,
// on the JVM, and a Node server with ws, in turns. One node, the dialect `call`, no Redis. Loopback only; the server has CPU 0, the clients
// CPU 1; every process is ended by its id.
//
//   node bench/pod/crash.mjs [--clients 4000] [--rounds 5] [--kinds native,jvm,ws] [--peer bench/signaling/target/peers/ws.mjs]
//
// Each client tries again 100 to 300 ms after its socket or its attempt has failed. The clock runs from the kill to the last welcome.
// ws.mjs wants ws beside it, as bench/signaling/run installs it.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Process, answer, command, optionsOf, root } from './server.mjs';
import { dialects, open } from './sockets.mjs';

const options = optionsOf({ clients: '4000', rounds: '5', kinds: 'native,jvm,ws', peer: join(root, 'bench/signaling/target/peers/ws.mjs') },
  'node bench/pod/crash.mjs [--clients 4000] [--rounds 5] [--kinds native,jvm,ws] [--peer FILE]');
const [clients, rounds, kinds] = [Number(options.clients), Number(options.rounds), options.kinds.split(',')];
if (kinds.includes('ws') && !existsSync(options.peer)) {
  console.error(`${options.peer} is missing: --peer, or bench/signaling/run`);
  process.exit(1);
}
execFileSync('taskset', ['-a', '-p', '-c', '1', String(process.pid)]);
const port = 24795;
const settings = {
  QUARKUS_HTTP_HOST: '127.0.0.1', QUARKUS_HTTP_PORT: port, SWITCHBOARD_AUTH_MODE: 'open', SWITCHBOARD_ANNOUNCE_ENABLED: 'false',
};
const start = (kind) =>
  new Process(kind === 'ws' ? [process.execPath, options.peer, String(port)] : command('signaling-service', kind), settings, 0);

async function again(kind) {
  let server = start(kind);
  await server.until(async () => (await answer(port, '/')) !== 0);
  const { path, hello, welcome } = dialects.call;
  let [back, began, first, all] = [0, 0, 0, undefined];
  const done = new Promise((resolve) => (all = resolve));
  let stopped = false;
  const enter = async (name) => {
    for (;;) {
      if (stopped) return;
      try {
        await open(port, path, hello(name), welcome, () => { if (!stopped && began) setTimeout(enter, 100 + Math.random() * 200, name); });
        if (began) {
          first ||= performance.now();
          if (++back === clients) all();
        } else back++;
        return;
      } catch {
        await after(100 + Math.random() * 200);
      }
    }
  };
  for (let name = 0; name < clients; name += 50) await Promise.all(Array.from({ length: Math.min(50, clients - name) }, (_, i) => enter(`p${name + i}`)));
  await after(1000);
  back = 0;
  began = performance.now();
  server.child.kill('SIGKILL');
  await server.ended;
  server = start(kind);
  await done;
  const [took, heard, cpu] = [performance.now() - began, first - began, server.cpu()];
  stopped = true;
  await server.kill();
  await after(500);
  return { took, heard, cpu };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const said = (values) => `${median(values).toFixed(0)} (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`;
const load = loadavg()[0];
const runs = Object.fromEntries(kinds.map((kind) => [kind, []]));
for (let round = 0; round < rounds; round++) for (const kind of kinds) runs[kind].push(await again(kind));
console.log(`Machine: ${cpus()[0].model}, ${cpus().length} CPUs; Node ${process.version}; load average ${load.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after`);
console.log(`${clients} clients, ${rounds} rounds\n\n| server | ms until all are back | until the first is | ms of CPU until then | ratio to ws, in a round |\n|---|---|---|---|---|`);
for (const kind of kinds) {
  const ratios = runs.ws && runs[kind].map((run, i) => run.took / runs.ws[i].took);
  console.log(`| ${kind} | ${said(runs[kind].map((run) => run.took))} | ${said(runs[kind].map((run) => run.heard))} | ${said(runs[kind].map((run) => run.cpu))} | ${
    ratios && kind !== 'ws' ? `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})` : ''} |`);
}
process.exit(0);
