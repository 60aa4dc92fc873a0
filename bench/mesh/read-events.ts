import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { contractRegistry, type EventEnvelope } from '#libs/contracts/index.js';
import { readEvent } from '#libs/messaging/inbox/incoming-event.js';
import type { DataSealer } from '#libs/sealing/data-sealer.js';

const EVENT_STREAMS = 'EVENTS_';

/**
 * Reads every event in the event streams, in the order of each stream. An event that was published twice occurs twice.
 */
export async function readEvents(natsUrl: string, sealer: DataSealer): Promise<EventEnvelope[]> {
  const nc = await connect({ servers: natsUrl, name: 'bench' });
  try {
    const streams = jetstream(nc);
    const manager = await jetstreamManager(nc);
    const events: EventEnvelope[] = [];
    for await (const name of manager.streams.names()) {
      if (!name.startsWith(EVENT_STREAMS)) continue;
      const consumer = await streams.consumers.get(name);
      let pending = (await consumer.info()).num_pending;
      if (pending === 0) continue;
      for await (const message of await consumer.consume()) {
        events.push(readEvent(message, contractRegistry, sealer).envelope);
        pending -= 1;
        if (pending <= 0) break;
      }
    }
    return events;
  } finally {
    await nc.close();
  }
}

/** The number of messages in the dead-letter stream. */
export async function countDeadLetters(natsUrl: string): Promise<number> {
  const nc = await connect({ servers: natsUrl, name: 'bench' });
  try {
    const manager = await jetstreamManager(nc);
    return (await manager.streams.info('DEAD_LETTERS')).state.messages;
  } finally {
    await nc.close();
  }
}

/** Counts all events published so far, including those that a stream has discarded. */
export async function createEventCounter(
  natsUrl: string,
): Promise<{ count: () => Promise<number>; close: () => Promise<void> }> {
  const nc = await connect({ servers: natsUrl, name: 'bench' });
  const manager = await jetstreamManager(nc);
  return {
    count: async () => {
      let count = 0;
      for await (const { config, state } of manager.streams.list()) {
        if (config.name.startsWith(EVENT_STREAMS)) count += state.last_seq;
      }
      return count;
    },
    close: () => nc.close(),
  };
}
