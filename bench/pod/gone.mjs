#!/usr/bin/env node
// How long a killed pod's peers are still seen: two pods of signaling and a Redis, with their settings as shipped. In each room somebody is
// at either pod; the first pod is killed (SIGKILL) and not started again. Loopback only; every process is ended by its id.
//
//   node bench/pod/gone.mjs [--rooms 200] [--rounds 5] [--kind jvm] [--dialects v1,rooms,mesh]
//
// The clock runs from the kill to the moment when the last of those who stay is told. Redis is the one on the PATH, or that of the bench.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Process, answer, command, optionsOf, root } from './server.mjs';
import { open, say } from './sockets.mjs';

const options = optionsOf({ rooms: '200', rounds: '5', kind: 'jvm', dialects: 'v1,rooms,mesh' },
  'node bench/pod/gone.mjs [--rooms 200] [--rounds 5] [--kind jvm|native] [--dialects v1,rooms,mesh]');
const [rooms, rounds] = [Number(options.rooms), Number(options.rounds)];
const [redisPort, first, second] = [24780, 24781, 24782];
const patience = 60_000;

// How one gets into a room, and what those who stay are told of one who is gone.
const dialects = {
  v1: {
    path: () => '/v1/signal', hello: (name) => `{"type":"hello","name":"${name}"}`, welcome: '"welcome"',
    join: (room) => `{"type":"join","id":1,"room":"r${room}"}`, left: '"peer-left"',
  },
  rooms: { path: () => '/rooms', hello: (_, room) => `{"event":"join","args":["r${room}"]}`, welcome: '"joined"', left: '"bye"' },
  mesh: { path: (name) => `/mesh?uid=${name}&page=1`, hello: () => '', welcome: '"init"', left: '"offline"' },
};

const work = mkdtempSync(join(tmpdir(), 'gone-'));
process.on('exit', () => rmSync(work, { recursive: true }));
function redis() {
  try {
    return execFileSync('sh', ['-c', 'command -v redis-server']).toString().trim();
  } catch {
    const lib = join(root, 'bench/signaling/target/lib');
    const jar = readdirSync(lib).find((name) => name.startsWith('embedded-redis-'));
    const file = join(work, 'redis-server');
    writeFileSync(file, execFileSync('unzip', ['-p', join(lib, jar), `redis-server-*-linux-${process.arch === 'arm64' ? 'arm64' : 'amd64'}`],
      { maxBuffer: 1 << 28 }));
    chmodSync(file, 0o755);
    return file;
  }
}
const listens = (port) => new Promise((known) => {
  const socket = connect(port, '127.0.0.1', () => known(socket.destroy()));
  socket.on('error', () => known(false));
});
const pod = (port) => new Process(command('signaling-service', options.kind), {
  QUARKUS_HTTP_HOST: '127.0.0.1', QUARKUS_HTTP_PORT: port, SWITCHBOARD_AUTH_MODE: 'open', SWITCHBOARD_STATE: 'redis',
  SWITCHBOARD_MESH_CAPACITY: String(2 * rooms + 1), REDIS_URL: `redis://127.0.0.1:${redisPort}`,
}).until(async () => (await answer(port, '/q/health/ready')) === 200);

async function round(dialect) {
  const server = new Process([redis(), '--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {});
  await server.until(async () => (await listens(redisPort)) !== false);
  const [killed, stays] = await Promise.all([pod(first), pod(second)]);
  const { path, hello, welcome, join: enter, left } = dialects[dialect];
  const told = [];
  const enterAll = async (port, prefix, heard) => {
    for (let from = 0; from < rooms; from += 50) {
      await Promise.all(Array.from({ length: Math.min(50, rooms - from) }, async (_, i) => {
        const name = `${prefix}${from + i}`;
        const socket = await open(port, path(name), hello(name, from + i), welcome, undefined, heard);
        if (enter) say(socket, enter(from + i));
      }));
    }
  };
  // In a mesh each hears of all; one of them is enough.
  const listener = dialect === 'mesh'
    ? () => open(second, path('watcher'), '', welcome, undefined, (text) => { if (text.includes(left)) told.push(performance.now()); })
    : () => enterAll(second, 'b', (text) => { if (text.includes(left)) told.push(performance.now()); });
  await enterAll(first, 'a', undefined);
  await listener();
  await after(2000);
  const began = performance.now();
  killed.child.kill('SIGKILL');
  while (told.length < rooms && performance.now() - began < patience) await after(20);
  await Promise.all([killed.ended, stays.kill(), server.kill()]);
  if (told.length !== rooms) throw new Error(`${dialect}: of ${rooms} that are gone ${told.length} were told within a minute`);
  return { first: (told[0] - began) / 1000, last: (told.at(-1) - began) / 1000 };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const said = (values) => `${median(values).toFixed(1)} s (${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)})`;
const load = loadavg()[0];
const lines = [];
for (const dialect of options.dialects.split(',')) {
  const runs = [];
  for (let i = 0; i < rounds; i++) runs.push(await round(dialect));
  lines.push(`| ${dialect} | ${said(runs.map((run) => run.first))} | ${said(runs.map((run) => run.last))} |`);
}
console.log(`Machine: ${cpus()[0].model}, ${cpus().length} CPUs; load average ${load.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after`);
console.log(`${rooms} peers at the killed pod, ${rounds} rounds, settings as shipped (${options.kind})\n`);
console.log('| dialect | until the first is told to be gone | until the last is |\n|---|---|---|');
console.log(lines.join('\n'));
process.exit(0);
