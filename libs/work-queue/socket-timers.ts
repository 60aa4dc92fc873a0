import type { Worker } from 'bullmq';
import type { Redis } from 'ioredis';

/** The timer of ioredis for `socketTimeout`, which its types omit. */
interface TimedSocket {
  socketTimeoutTimer?: NodeJS.Timeout | undefined;
}

/**
 * Clears the `socketTimeout` timer of a client whenever its connection closes. ioredis 5 leaves the timer running: it
 * keeps the process alive until it fires, and then destroys the connection that was opened meanwhile.
 */
export function endTimerOnClose(client: Pick<Redis, 'on'>): void {
  client.on('close', () => {
    const timed = client as TimedSocket;
    clearTimeout(timed.socketTimeoutTimer);
    timed.socketTimeoutTimer = undefined;
  });
}

/**
 * As `endTimerOnClose`, for both connections of a BullMQ worker. Its blocking connection closes in the middle of a
 * command.
 */
export async function endTimersOnClose(worker: Worker): Promise<void> {
  const clients = await Promise.all([worker.backend.client, worker.backend.blockingClient]);
  for (const client of clients) if (client) endTimerOnClose(client as unknown as Redis);
}
