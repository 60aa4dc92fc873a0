import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { FromBare, ToBare } from './protocol.js';

/**
 * The peer: Socket.IO and nothing else. No authentication, no other gateway, no limits; a room for each agent and one for
 * all, and the same transport. It is told what to send by its parent.
 */
const http = createServer();
const server = new Server(http, { transports: ['websocket'], serveClient: false });
const tell = (message: FromBare): void => void process.send?.(message);

server.on('connection', (socket) => {
  void socket.join([`agent:${String(socket.handshake.auth['agentId'])}`, 'all']);
});

process.on('message', (order: ToBare) => {
  const room = order.kind === 'single' ? `agent:${order.agentId}` : 'all';
  const event = order.kind === 'single' ? 'message' : 'announcement';
  tell({ kind: 'sent', key: order.key, at: Date.now() });
  server.to(room).emit(event, order.payload);
});
process.on('disconnect', () => process.exit());

http.listen(0, '127.0.0.1', 4096, () => tell({ kind: 'listening', port: (http.address() as AddressInfo).port }));
