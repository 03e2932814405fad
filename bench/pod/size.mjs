#!/usr/bin/env node
// What a pod of each service takes, as it is packaged: memory when idle, memory and CPU for each socket, and what Redis takes for each
// session that it keeps. Loopback only; every process is ended by its id.
//
//   node bench/pod/size.mjs [--kinds jvm,native] [--sockets 4000] [--idle 10] [--quiet 50] [--redis FILE]
//
// It opens that many sockets by the dialect `call`, without Redis, and as many sessions of `v1` with it, and looks at both --idle seconds
// after the last is logged in. --quiet is for how many seconds they then do nothing but answer pings, which come every 25 s.
// The JVM has the flags of Dockerfile.jvm and the memory that Kubernetes gives it, a native image four fifths of that as its heap's bound.
import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { setTimeout as after } from 'node:timers/promises';
import { Process, answer, command, optionsOf } from './server.mjs';
import { openMany, say } from './sockets.mjs';

const options = optionsOf({ kinds: 'jvm,native', sockets: '4000', idle: '10', quiet: '50', redis: 'redis-server' },
  'node bench/pod/size.mjs [--kinds jvm,native] [--sockets 4000] [--idle 10] [--quiet 50] [--redis FILE]');
const [sockets, idle, quiet] = [options.sockets, options.idle, options.quiet].map(Number);
const [redisPort, port, presencePort] = [24790, 24791, 24792];
const base = { QUARKUS_HTTP_HOST: '127.0.0.1', QUARKUS_HTTP_PORT: port, SWITCHBOARD_AUTH_MODE: 'open', REDIS_URL: `redis://127.0.0.1:${redisPort}` };

const ready = (at = port) => async () => (await answer(at, '/q/health/ready')) === 200;
const start = (service, kind, settings = {}) =>
  new Process(command(service, kind), { ...base, ...settings }).until(ready(settings.QUARKUS_HTTP_PORT));

async function startRedis() {
  return new Process([options.redis, '--port', redisPort, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'].map(String), {})
    .until(() => new Promise((up) => {
      const socket = connect(redisPort, '127.0.0.1', () => { socket.destroy(); up(true); });
      socket.on('error', () => up(false));
    }));
}

// A field of Redis' own word about its memory or its processor time.
function info(section, field) {
  return new Promise((told) => {
    let text = '';
    const socket = connect(redisPort, '127.0.0.1', () => socket.write(`INFO ${section}\r\n`));
    socket.on('data', (data) => {
      text += data;
      const found = new RegExp(`^${field}:([\\d.]+)`, 'm').exec(text);
      if (found) { socket.destroy(); told(Number(found[1])); }
    });
  });
}

// Until it has nothing to do any more.
async function still(pod) {
  for (let before = pod.cpu(), now; ; before = now) {
    await after(1000);
    now = pod.cpu();
    if (now - before < 100) return;
  }
}

// Milliseconds of CPU for a request, by 32 connections; counted after the process has worked for `warm` seconds of its CPU.
async function asked(at, path, pod) {
  let [answers, from, before] = [0, 0, pod.cpu()];
  const begin = before;
  const asking = Array.from({ length: 32 }, () => {
    const socket = connect(at, '127.0.0.1');
    const ask = () => socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    socket.on('connect', ask);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      if (!data.toString().startsWith('HTTP/1.1 200')) throw new Error(data.toString());
      answers++;
      ask();
    });
    return socket;
  });
  while (pod.cpu() - begin < warm * 1000) await after(100);
  [from, before] = [answers, pod.cpu()];
  while (pod.cpu() - before < 3000) await after(100);
  const cost = (pod.cpu() - before) / (answers - from);
  asking.forEach((socket) => socket.destroy());
  return cost;
}

const warm = 15;
const waiting = 5;
const rows = [];
const row = (...cells) => { rows.push(`| ${cells.join(' | ')} |`); console.error(rows.at(-1)); };
const mb = (memory) => `${memory.resident.toFixed(0)} (${memory.own.toFixed(0)})`;
const each = (before, now) => (((now.resident - before.resident) * 1024) / sockets).toFixed(1);

async function idleOnes(kind) {
  const redis = await startRedis();
  for (const [service, settings] of [
    ['presence-service', {}],
    ['turn-credentials-service', { SWITCHBOARD_STUN_PORT: '24793', SWITCHBOARD_STUN_ADDRESSES: '127.0.0.1', SWITCHBOARD_TURN_SECRETS: 'only-for-the-benchmark', SWITCHBOARD_ICE_TURN_URLS: 'turn:{host}:3479?transport=udp' }],
  ]) {
    const pod = await start(service, kind, settings);
    await after(idle * 1000);
    row(kind, service, 'idle', mb(pod.memory()), '', '', '');
    await pod.kill();
  }
  await redis.kill();
}

// Sockets of `dialect`: memory before and after, CPU for each login, and CPU of each while nothing happens.
async function held(kind, dialect) {
  const kept = dialect === 'v1';
  const redis = kept ? await startRedis() : undefined;
  const pod = await start('signaling-service', kind, kept ? { SWITCHBOARD_STATE: 'redis' } : { SWITCHBOARD_ANNOUNCE_ENABLED: 'false' });
  const presence = kept ? await start('presence-service', kind, { QUARKUS_HTTP_PORT: presencePort }) : undefined;
  await after(idle * 1000);
  const [empty, cpu] = [pod.memory(), pod.cpu()];
  row(kind, 'signaling-service', kept ? 'idle, with Redis' : 'idle, without Redis', mb(empty), '', '', '');
  const before = kept && { memory: await info('memory', 'used_memory'), cpu: redis.cpu(), presence: presence.memory(), presenceCpu: presence.cpu() };
  const opened = await openMany(port, dialect, sockets);
  const login = pod.cpu() - cpu;
  await after(idle * 1000);
  const full = pod.memory();
  const after0 = pod.cpu();
  const redis0 = kept ? redis.cpu() : 0;
  await after(quiet * 1000);
  row(kind, 'signaling-service', `${sockets} sockets, ${dialect}`, mb(full), each(empty, full), (login / sockets).toFixed(2),
    ((pod.cpu() - after0) / quiet / sockets * 1000).toFixed(2));
  if (kept) {
    const used = await info('memory', 'used_memory');
    row('', 'Redis', `${sockets} sessions`, mb(redis.memory()), ((used - before.memory) / 1024 / sockets).toFixed(1),
      ((redis0 - before.cpu) / sockets).toFixed(2), ((redis.cpu() - redis0) / quiet / sockets * 1000).toFixed(2));
    // Signals of 200 characters that wait for a client that acknowledges nothing.
    const [held0, cpu0, redisCpu0] = [await info('memory', 'used_memory'), pod.cpu(), redis.cpu()];
    for (let id = 1; id <= waiting; id++) {
      opened.forEach((socket, i) => say(socket, `{"type":"signal","id":${id},"to":"p${(i + 1) % sockets}","data":"${'x'.repeat(200)}"}`));
      await still(pod);
    }
    const signals = waiting * sockets;
    row(kind, 'signaling-service', `${signals} signals of v1`, mb(pod.memory()), '', `${((pod.cpu() - cpu0) / signals).toFixed(2)} a signal`, '');
    row('', 'Redis', `${signals} signals that wait`, mb(redis.memory()),
      `${((await info('memory', 'used_memory') - held0) / 1024 / signals).toFixed(2)} a signal`, `${((redis.cpu() - redisCpu0) / signals).toFixed(3)} a signal`, '');
    row(kind, 'presence-service', `${sockets} peers come online`, mb(presence.memory()), each(before.presence, presence.memory()),
      ((presence.cpu() - before.presenceCpu) / sockets).toFixed(2), '');
    row(kind, 'presence-service', 'GET /presence/p1, warm', mb(presence.memory()), '', `${(await asked(presencePort, '/presence/p1', presence)).toFixed(3)} a request`, '');
    await presence.kill();
  }
  for (const socket of opened) socket.destroy();
  await pod.kill();
  await redis?.kill();
}

const load = loadavg()[0];
for (const kind of options.kinds.split(',')) {
  await idleOnes(kind);
  await held(kind, 'call');
  await held(kind, 'v1');
}
const version = execFileSync(options.redis, ['--version']).toString().split(' ').slice(0, 3).join(' ');
console.log(`Machine: ${cpus()[0].model}, ${cpus().length} CPUs; load average ${load.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after; ${version}\n`);
console.log('| as | what | when | MB resident (its own) | KB for each | ms of CPU for each login | µs of CPU a second for each |');
console.log(`|---|---|---|---|---|---|---|\n${rows.join('\n')}`);
process.exit(0);
