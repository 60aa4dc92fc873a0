import type { Worker } from 'bullmq';
import type { Redis } from 'ioredis';

/** The timer of an ioredis client for `socketTimeout`, which the types of ioredis omit. */
interface ClientWithTimer {
  socketTimeoutTimer?: NodeJS.Timeout | undefined;
}

/**
 * Clears the `socketTimeout` timer of a client whenever its connection closes. ioredis 5 leaves the timer running: it
 * keeps the process alive until it fires, and then destroys the connection that was opened meanwhile.
 */
export function clearSocketTimerOnClose(client: Pick<Redis, 'on'>): void {
  client.on('close', () => {
    const clientWithTimer = client as ClientWithTimer;
    clearTimeout(clientWithTimer.socketTimeoutTimer);
    clientWithTimer.socketTimeoutTimer = undefined;
  });
}

/**
 * As `clearSocketTimerOnClose`, for both connections of a BullMQ worker. Its blocking connection closes in the middle
 * of a command.
 */
export async function clearWorkerSocketTimersOnClose(worker: Worker): Promise<void> {
  const clients = await Promise.all([worker.backend.client, worker.backend.blockingClient]);
  for (const client of clients) if (client) clearSocketTimerOnClose(client as unknown as Redis);
}
