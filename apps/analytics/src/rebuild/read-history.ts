import { DeliverPolicy } from '@nats-io/jetstream';
import { contractRegistry, type EventEnvelope } from '#libs/contracts/index.js';
import type { NatsLink } from '#libs/messaging/index.js';
import { readEvent } from '#libs/messaging/incoming-event.js';
import { streamOf } from '#libs/messaging/topology.js';

const MOST_AT_ONCE = 256;
const PATIENCE_MS = 5_000;

/**
 * Every event analytics consumes that the streams hold at this moment, stream by stream, by consumers that leave no trace
 * at the server. Later events are not waited for: the app's durable consumers bring them.
 */
export async function* readHistory({ js, jsm }: Pick<NatsLink, 'js' | 'jsm'>): AsyncGenerator<EventEnvelope> {
  const consumed = contractRegistry.eventsConsumedBy('analytics');
  for (const owner of new Set(consumed.map((event) => event.owner))) {
    const subjects = consumed.filter((event) => event.owner === owner).map(({ subject }) => subject);
    const stream = streamOf(owner);
    const last = (await jsm.streams.info(stream)).state.last_seq;
    const consumer = await js.consumers.get(stream, { filter_subjects: subjects, deliver_policy: DeliverPolicy.All });
    for (let at = 0; at < last;) {
      let read = 0;
      for await (const message of await consumer.fetch({ max_messages: MOST_AT_ONCE, expires: PATIENCE_MS })) {
        at = message.seq;
        read += 1;
        if (at <= last) yield readEvent(message, contractRegistry).envelope;
        if (message.info.pending === 0) break;
      }
      // The rest of the stream is of subjects that analytics does not consume.
      if (read === 0) break;
    }
  }
}
