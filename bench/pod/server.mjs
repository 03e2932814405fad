// Starts a service as it is packaged, and reads what it costs out of /proc.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
const ticks = 1000 / Number(execFileSync('getconf', ['CLK_TCK']));

const find = (directory, name) => (existsSync(directory) ? execFileSync('find', [directory, '-maxdepth', '1', '-name', name]).toString().split('\n')[0] : '');

// What the command line says, as --name value, in the place of the defaults; ends with 2 for what it does not know.
export function optionsOf(defaults, usage) {
  const options = { ...defaults };
  const args = process.argv.slice(2);
  while (args.length) {
    const [option, value] = args.splice(0, 2);
    if (!option.startsWith('--') || !(option.slice(2) in options) || value === undefined) {
      console.error(`usage: ${usage}`);
      process.exit(2);
    }
    options[option.slice(2)] = value;
  }
  return options;
}

// The command of a service on the JVM, with the flags that ship and the memory that Kubernetes gives it, or of its native image.
export function command(service, kind) {
  const text = (file) => readFileSync(join(root, file), 'utf8');
  const memory = Number(/limits:.*memory: (\d+)Mi/.exec(text(`deploy/kubernetes/base/${service}.yaml`))[1]);
  if (kind === 'native') {
    const image = find(join(root, service, 'target'), '*-runner');
    if (!image) throw new Error(`no native image of ${service}: ./switchboard native`);
    // By default a native image takes four fifths of what its container may have.
    return [image, `-Xmx${Math.round(memory * 0.8)}m`];
  }
  const jar = join(root, service, 'target', 'quarkus-app', 'quarkus-run.jar');
  if (!existsSync(jar)) throw new Error(`${service} is not packaged: ./switchboard token x`);
  const flags = /^ENV JDK_JAVA_OPTIONS="(.*)"/m.exec(text(`${service}/src/main/docker/Dockerfile.jvm`))[1].split(' ');
  return [java, ...flags, `-XX:MaxRAM=${memory}m`, '-jar', jar];
}

export function answer(port, path) {
  return new Promise((answered) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`));
    socket.on('data', (data) => answered(Number(data.toString().slice(9, 12))));
    socket.on('error', () => answered(0));
    socket.on('close', () => answered(0));
  });
}

export class Process {
  constructor(command, settings, cpu) {
    const line = cpu === undefined ? command : ['taskset', '-c', String(cpu), ...command];
    this.child = spawn(line[0], line.slice(1), { env: { ...process.env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.said = '';
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on('data', (text) => (this.said = (this.said + text).slice(-4000)));
    this.ended = new Promise((end) => this.child.on('exit', end));
    all.add(this);
  }

  async until(ready) {
    while (!(await ready())) {
      if (this.child.exitCode !== null) throw new Error(`it ended: ${this.said}`);
      await after(2);
    }
    return this;
  }

  // Megabytes: all that is resident, and what of it is the process's own rather than pages of files.
  memory() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    const of = (key) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)[1]) / 1024;
    return { resident: of('VmRSS'), own: of('RssAnon') };
  }

  // Milliseconds of CPU so far, user and system.
  cpu() {
    const stat = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * ticks;
  }

  async kill(signal = 'SIGKILL') {
    this.child.kill(signal);
    await this.ended;
    all.delete(this);
  }
}

const all = new Set();
process.on('exit', () => all.forEach((one) => one.child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
