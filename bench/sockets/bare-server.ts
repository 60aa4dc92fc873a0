import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { FromBare, ToBare } from './protocol.js';

/**
 * The baseline: a Socket.IO server without authentication, limits or a second gateway. Like the gateway it has a room
 * for each agent, one room for all agents, and the WebSocket transport only. Its parent process commands each message.
 */
const http = createServer();
const server = new Server(http, { transports: ['websocket'], serveClient: false });
const send = (message: FromBare): void => void process.send?.(message);

server.on('connection', (socket) => {
  void socket.join([`agent:${String(socket.handshake.auth['agentId'])}`, 'all']);
});

process.on('message', (command: ToBare) => {
  const room = command.kind === 'single' ? `agent:${command.agentId}` : 'all';
  const event = command.kind === 'single' ? 'message' : 'announcement';
  send({ kind: 'sent', key: command.key, at: Date.now() });
  server.to(room).emit(event, command.payload);
});
process.on('disconnect', () => process.exit());

http.listen(0, '127.0.0.1', 4096, () => send({ kind: 'listening', port: (http.address() as AddressInfo).port }));
