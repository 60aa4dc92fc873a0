import { DeliverPolicy } from '@nats-io/jetstream';
import { contractRegistry, type EventEnvelope } from '#libs/contracts/index.js';
import type { NatsLink } from '#libs/messaging/index.js';
import { readEvent } from '#libs/messaging/inbox/incoming-event.js';
import { streamOf } from '#libs/messaging/topology/topology.js';
import type { DataSealer } from '#libs/sealing/data-sealer.js';

const MOST_AT_ONCE = 256;
const PATIENCE_MS = 5_000;

/**
 * Every event analytics consumes that the streams hold at this moment, stream by stream, by consumers that leave no trace
 * at the server. Later events are not waited for: the app's durable consumers bring them.
 */
export async function* readHistory({ js }: Pick<NatsLink, 'js'>, sealer: DataSealer): AsyncGenerator<EventEnvelope> {
  const consumed = contractRegistry.eventsConsumedBy('analytics');
  for (const owner of new Set(consumed.map((event) => event.owner))) {
    const subjects = consumed.filter((event) => event.owner === owner).map(({ subject }) => subject);
    const options = { filter_subjects: subjects, deliver_policy: DeliverPolicy.All };
    const consumer = await js.consumers.get(streamOf(owner), options);
    for (let left = (await consumer.info()).num_pending; left > 0;) {
      const asked = Math.min(left, MOST_AT_ONCE);
      let read = 0;
      for await (const message of await consumer.fetch({ max_messages: asked, expires: PATIENCE_MS })) {
        read += 1;
        yield readEvent(message, contractRegistry, sealer).envelope;
      }
      // Fewer than were there: the stream's retention removed them meanwhile.
      if (read === 0) break;
      left -= read;
    }
  }
}
