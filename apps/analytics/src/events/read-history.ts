import { DeliverPolicy } from '@nats-io/jetstream';
import { contractRegistry, type EventEnvelope } from '#libs/contracts/index.js';
import type { NatsLink } from '#libs/messaging/index.js';
import { readEvent } from '#libs/messaging/inbox/incoming-event.js';
import { toStreamName } from '#libs/messaging/topology/topology.js';
import type { DataSealer } from '#libs/sealing/data-sealer.js';

const MAX_BATCH_SIZE = 256;
const FETCH_TIMEOUT_MS = 5_000;

/**
 * Reads all events that analytics consumes and that the streams still hold, one stream at a time, with ephemeral
 * consumers. Does not wait for new events, because the app's durable consumers deliver those.
 */
export async function* readHistory({ js }: Pick<NatsLink, 'js'>, sealer: DataSealer): AsyncGenerator<EventEnvelope> {
  const contracts = contractRegistry.eventsConsumedBy('analytics');
  for (const owner of new Set(contracts.map((event) => event.owner))) {
    const subjects = contracts.filter((event) => event.owner === owner).map(({ subject }) => subject);
    const options = { filter_subjects: subjects, deliver_policy: DeliverPolicy.All };
    const consumer = await js.consumers.get(toStreamName(owner), options);
    try {
      for (let remaining = (await consumer.info()).num_pending; remaining > 0;) {
        const batchSize = Math.min(remaining, MAX_BATCH_SIZE);
        let readCount = 0;
        for await (const message of await consumer.fetch({ max_messages: batchSize, expires: FETCH_TIMEOUT_MS })) {
          readCount += 1;
          yield readEvent(message, contractRegistry, sealer).envelope;
        }
        // The stream's retention removed the remaining messages after they were counted.
        if (readCount === 0) break;
        remaining -= readCount;
      }
    } finally {
      // The server would keep it for minutes, and an app that restarts again and again would reach the stream's limit.
      await consumer.delete().catch(() => undefined);
    }
  }
}
