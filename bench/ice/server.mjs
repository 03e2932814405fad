// What bench/ice/run compares with: the same answer as GET /ice-servers, as somebody would write it for Node with nothing but
// Node. A token is optional, as with switchboard.auth.mode=open; one that comes is checked. node:crypto is what the libraries
// for JWTs call; it is called here without their overhead.
import { createHmac, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [port, keyFile, secret] = process.argv.slice(2);
const key = createPublicKey(readFileSync(keyFile));
const ttl = 3600;

const part = (text) => JSON.parse(Buffer.from(text, 'base64url'));

// The claims of a bearer token that is signed with RS256 and has not ended; undefined for any other.
function claims(token) {
  const [header, payload, signature] = token.split('.');
  if (!signature || part(header).alg !== 'RS256') return undefined;
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))) return undefined;
  const found = part(payload);
  return found.exp > Date.now() / 1000 && found.sub ? found : undefined;
}

function caller(authorization) {
  if (!authorization) return { sub: 'anonymous' };
  if (!authorization.startsWith('Bearer ')) return undefined;
  try {
    return claims(authorization.slice(7));
  } catch {
    return undefined;
  }
}

const time = (seconds) => new Date(seconds * 1000).toISOString().replace('.000', '');

function answer(who, host) {
  const now = Math.floor(Date.now() / 1000);
  const username = `${now + ttl}:${who.realm ?? 'default'}/${encodeURIComponent(who.sub)}`;
  const credential = createHmac('sha1', secret).update(username).digest('base64');
  return JSON.stringify({
    iceServers: [
      { urls: [`stun:${host}:3478`] },
      { urls: [`turn:${host}:3479?transport=udp`, `turn:${host}:3479?transport=tcp`], username, credential },
    ],
    iceTransportPolicy: 'all',
    ttl,
    expiresAt: time(now + ttl),
    refreshAfter: time(now + (ttl * 3) / 4),
  });
}

createServer((request, response) => {
  if (request.method !== 'GET' || request.url !== '/ice-servers') return response.writeHead(404).end();
  const who = caller(request.headers.authorization);
  if (!who) return response.writeHead(401).end();
  const body = answer(who, request.headers.host.split(':')[0]);
  response
    .writeHead(200, {
      'Content-Type': 'application/json;charset=UTF-8',
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'no-store',
      Vary: 'Origin, Authorization',
    })
    .end(body);
}).listen(Number(port), '127.0.0.1');
