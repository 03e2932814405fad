// Socket.IO's own way to relay between nodes: rooms, and @socket.io/redis-adapter as its page shows it.
//
//   socketio.mjs PORT REDIS-PORT
import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const [port, redisPort] = process.argv.slice(2);
const publisher = createClient({ url: `redis://127.0.0.1:${redisPort}` });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

const io = new Server(Number(port), { adapter: createAdapter(publisher, subscriber), transports: ['websocket'] });

io.on('connection', (socket) => {
  socket.on('join', async (room, done) => {
    await socket.join(room);
    done();
  });
  socket.on('message', (room, data) => socket.to(room).emit('message', data));
});
