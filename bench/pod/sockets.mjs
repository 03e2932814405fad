// WebSocket clients of as few words as a measurement needs: RFC 6455, text frames, pings are answered. No packages.
import { connect } from 'node:net';

// A frame of a client. Its mask is zero, so that masking costs these clients nothing.
function frame(opcode, payload) {
  const length = payload.length;
  const head = length < 126 ? Buffer.from([0x80 | opcode, 0x80 | length, 0, 0, 0, 0])
    : Buffer.from([0x80 | opcode, 0xfe, length >> 8, length & 255, 0, 0, 0, 0]);
  return Buffer.concat([head, payload]);
}

// Opens a socket at `path`, says `hello`, and is in with the first answer that has `welcome` in it. `lost` is called when it ends after
// that, `heard` with each text that comes then.
export function open(port, path, hello, welcome, lost = () => {}, heard = () => {}) {
  return new Promise((done, failed) => {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    let upgraded = false;
    let inside = false;
    let rest = Buffer.alloc(0);
    const ended = () => (inside ? lost() : failed(new Error('the socket ended before the welcome')));
    socket.on('connect', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`
      + 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n'));
    socket.on('error', () => {});
    socket.on('close', ended);
    socket.on('data', (data) => {
      rest = rest.length ? Buffer.concat([rest, data]) : data;
      if (!upgraded) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        if (!rest.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) return socket.destroy();
        upgraded = true;
        rest = rest.subarray(end + 4);
        if (hello) socket.write(frame(1, Buffer.from(hello)));
      }
      while (rest.length >= 2) {
        const short = rest[1] & 127;
        const start = short < 126 ? 2 : short === 126 ? 4 : 10;
        if (rest.length < start) return;
        const length = short < 126 ? short : short === 126 ? rest.readUInt16BE(2) : Number(rest.readBigUInt64BE(2));
        if (rest.length < start + length) return;
        const payload = rest.subarray(start, start + length);
        const opcode = rest[0] & 15;
        rest = rest.subarray(start + length);
        if (opcode === 9) socket.write(frame(10, payload));
        else if (opcode === 8) socket.end();
        else if (!inside && opcode === 1 && payload.toString().includes(welcome)) {
          inside = true;
          done(socket);
        } else if (inside && opcode === 1) heard(payload.toString());
      }
    });
  });
}

export const say = (socket, text) => socket.write(frame(1, Buffer.from(text)));

// How the dialects say who they are.
export const dialects = {
  call: { path: '/', hello: (name) => `{"type":"login","name":"${name}"}`, welcome: '"success":true' },
  v1: { path: '/v1/signal', hello: (name) => `{"type":"hello","name":"${name}"}`, welcome: '"welcome"' },
};

// `count` of them, no more than `abreast` at a time.
export async function openMany(port, dialect, count, prefix = 'p', abreast = 64) {
  const { path, hello, welcome } = dialects[dialect];
  const sockets = [];
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(abreast, count) }, async () => {
    while (next < count) sockets.push(await open(port, path, hello(prefix + next++), welcome));
  }));
  return sockets;
}
