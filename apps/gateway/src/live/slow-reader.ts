import type { LiveSocket } from './live-socket.js';

/**
 * Packets that may be queued for one socket. The limit is several times what one event loop iteration queues (a batch
 * of events, a page of the Redis stream), so that only slow readers reach it. Most packets have about 1 KB, the largest
 * some tens of KB.
 */
export const MAX_QUEUED_PACKETS = 512;

/** The parts of Engine.IO's connection used here. Packets wait in `writeBuffer` while the client does not read. */
interface EngineConnection {
  readonly writeBuffer: readonly unknown[];
  readonly transport: { readonly socket?: { terminate(): void } };
  on(event: 'packetCreate', listener: () => void): void;
  close(discard: boolean): void;
}

const toConnection = (socket: LiveSocket): EngineConnection => socket.conn as unknown as EngineConnection;

/** Calls `onLimit` as soon as the queue of outgoing packets reaches its limit. */
export function limitOutgoingPackets(socket: LiveSocket, onLimit: () => void): void {
  const connection = toConnection(socket);
  connection.on('packetCreate', () => {
    if (connection.writeBuffer.length >= MAX_QUEUED_PACKETS) onLimit();
  });
}

/**
 * Terminates the connection and discards queued packets. A closing handshake would wait for a client that does not
 * read.
 */
export function terminate(socket: LiveSocket): void {
  const connection = toConnection(socket);
  if (connection.transport.socket) connection.transport.socket.terminate();
  else connection.close(true);
}
