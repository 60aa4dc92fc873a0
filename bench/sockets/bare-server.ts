import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { FromBare, ToBare } from './protocol.js';

/**
 * The baseline: Socket.IO and nothing else. It has no authentication, no second gateway and no limits, but a room for
 * each agent, one room for all, and the same transport. Its parent process orders what to send.
 */
const http = createServer();
const server = new Server(http, { transports: ['websocket'], serveClient: false });
const send = (message: FromBare): void => void process.send?.(message);

server.on('connection', (socket) => {
  void socket.join([`agent:${String(socket.handshake.auth['agentId'])}`, 'all']);
});

process.on('message', (order: ToBare) => {
  const room = order.kind === 'single' ? `agent:${order.agentId}` : 'all';
  const event = order.kind === 'single' ? 'message' : 'announcement';
  send({ kind: 'sent', key: order.key, at: Date.now() });
  server.to(room).emit(event, order.payload);
});
process.on('disconnect', () => process.exit());

http.listen(0, '127.0.0.1', 4096, () => send({ kind: 'listening', port: (http.address() as AddressInfo).port }));
