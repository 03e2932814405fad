// What a hundred tutorials build with Node and ws: names in a Map, messages to whoever is named. Without their lines to the console.
import { WebSocketServer } from 'ws';

const users = new Map();
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]) });

function sendTo(connection, message) {
  connection.send(JSON.stringify(message));
}

server.on('connection', (connection) => {
  connection.on('message', (message) => {
    let data;
    try {
      data = JSON.parse(message);
    } catch {
      data = {};
    }
    const other = users.get(data.name);
    switch (data.type) {
      case 'login':
        if (other) {
          sendTo(connection, { type: 'login', success: false });
        } else {
          users.set(data.name, connection);
          connection.name = data.name;
          sendTo(connection, { type: 'login', success: true });
        }
        break;
      case 'offer':
        if (other) {
          connection.otherName = data.name;
          sendTo(other, { type: 'offer', offer: data.offer, name: connection.name });
        }
        break;
      case 'answer':
        if (other) {
          connection.otherName = data.name;
          sendTo(other, { type: 'answer', answer: data.answer });
        }
        break;
      case 'candidate':
        if (other) sendTo(other, { type: 'candidate', candidate: data.candidate });
        break;
      case 'leave':
        if (other) {
          other.otherName = null;
          sendTo(other, { type: 'leave' });
        }
        break;
      default:
        sendTo(connection, { type: 'error', message: `Unrecognized command: ${data.type}` });
    }
  });

  connection.on('close', () => {
    users.delete(connection.name);
    const other = users.get(connection.otherName);
    if (other) sendTo(other, { type: 'leave' });
  });
});
