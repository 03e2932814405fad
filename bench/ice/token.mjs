// Makes a key pair for one run: writes its public half to the file that is named, prints a token by it.
import { generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
writeFileSync(process.argv[2], publicKey.export({ type: 'spki', format: 'pem' }));
const now = Math.floor(Date.now() / 1000);
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: 'ada', iat: now, exp: now + 3600 })}`;
console.log(`${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`);
