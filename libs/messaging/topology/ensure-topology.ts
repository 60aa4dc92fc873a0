import type { JetStreamManager } from '@nats-io/jetstream';
import {
  isConsumerMissing,
  isConsumerConfigConflict,
  isStreamConfigConflict,
  isStreamMissing,
} from './jetstream-errors.js';
import type { ConsumerDeclaration, StreamDeclaration } from './topology.js';

/** Creates or updates the streams and consumers. Idempotent, and safe when several apps run it at once. */
export async function ensureTopology(
  jsm: JetStreamManager,
  streams: readonly StreamDeclaration[],
  consumers: readonly ConsumerDeclaration[],
): Promise<void> {
  await Promise.all(streams.map((stream) => ensureStream(jsm, stream)));
  await Promise.all(consumers.map((consumer) => ensureConsumer(jsm, consumer)));
}

/** Removes an app's consumer from streams that it no longer consumes. */
export async function removeConsumers(
  jsm: JetStreamManager,
  durable: string,
  streams: readonly string[],
): Promise<void> {
  await Promise.all(
    streams.map(async (stream) => {
      try {
        await jsm.consumers.delete(stream, durable);
      } catch (error) {
        if (!isConsumerMissing(error) && !isStreamMissing(error)) throw error;
      }
    }),
  );
}

async function ensureStream(jsm: JetStreamManager, stream: StreamDeclaration): Promise<void> {
  try {
    await jsm.streams.add(stream);
  } catch (error) {
    if (!isStreamConfigConflict(error)) throw error;
    await jsm.streams.update(stream.name, stream);
  }
}

async function ensureConsumer(jsm: JetStreamManager, { stream, config }: ConsumerDeclaration): Promise<void> {
  try {
    await jsm.consumers.add(stream, config);
  } catch (error) {
    if (!isConsumerConfigConflict(error)) throw error;
    await jsm.consumers.update(stream, config.durable_name, config);
  }
}
