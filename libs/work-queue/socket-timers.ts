import type { Worker } from 'bullmq';
import type { Redis } from 'ioredis';

/** What ioredis keeps of `socketTimeout`; not in its types. */
interface TimedSocket {
  socketTimeoutTimer?: NodeJS.Timeout | undefined;
}

/**
 * Ends the timer of a client's `socketTimeout` whenever its connection closes. ioredis 5 leaves it running: it holds the
 * process until it ends, and then destroys the connection that was made meanwhile.
 */
export function endTimerOnClose(client: Pick<Redis, 'on'>): void {
  client.on('close', () => {
    const timed = client as TimedSocket;
    clearTimeout(timed.socketTimeoutTimer);
    timed.socketTimeoutTimer = undefined;
  });
}

/** The same for both connections of a BullMQ worker: the one that waits for jobs is closed in the middle of a command. */
export async function endTimersOnClose(worker: Worker): Promise<void> {
  const clients = await Promise.all([worker.backend.client, worker.backend.blockingClient]);
  for (const client of clients) if (client) endTimerOnClose(client as unknown as Redis);
}
