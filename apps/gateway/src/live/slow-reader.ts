import type { LiveSocket } from './live-socket.js';

/**
 * So many packets may wait for one socket: several times what one turn of the event loop brings (a batch of events, a
 * page of the Redis stream), which waits for every reader. Most have about a kilobyte, the largest a few tens.
 */
export const MOST_WAITING = 512;

/** As much of Engine.IO's connection as is used here: packets wait in `writeBuffer` while the reader does not read. */
interface EngineConnection {
  readonly writeBuffer: readonly unknown[];
  readonly transport: { readonly socket?: { terminate(): void } };
  on(event: 'packetCreate', listener: () => void): void;
  close(discard: boolean): void;
}

const connectionOf = (socket: LiveSocket): EngineConnection => socket.conn as unknown as EngineConnection;

/** Watches what waits to be sent, at the moment something is added: it can never grow further. */
export function boundOutgoing(socket: LiveSocket, tooSlow: () => void): void {
  const connection = connectionOf(socket);
  connection.on('packetCreate', () => {
    if (connection.writeBuffer.length >= MOST_WAITING) tooSlow();
  });
}

/** Cuts the connection off, whatever waits to be sent. A closing handshake would wait for a reader who does not read. */
export function terminate(socket: LiveSocket): void {
  const connection = connectionOf(socket);
  if (connection.transport.socket) connection.transport.socket.terminate();
  else connection.close(true);
}
