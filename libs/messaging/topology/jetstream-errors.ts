import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';

// Error codes of the NATS server that `@nats-io/jetstream` does not define.
const STREAM_EXISTS_WITH_OTHER_CONFIG = 10_058;
const CONSUMER_EXISTS_WITH_OTHER_CONFIG = [10_013, 10_105, 10_148];

const hasCode = (error: unknown, ...codes: number[]): boolean =>
  error instanceof JetStreamApiError && codes.includes(error.code);

/** Whether the stream does not exist. */
export const isStreamMissing = (error: unknown): boolean => hasCode(error, JetStreamApiCodes.StreamNotFound);
/** Whether the consumer does not exist. */
export const isConsumerMissing = (error: unknown): boolean => hasCode(error, JetStreamApiCodes.ConsumerNotFound);
/** Whether a stream with this name and another configuration exists. */
export const isStreamConfigConflict = (error: unknown): boolean => hasCode(error, STREAM_EXISTS_WITH_OTHER_CONFIG);
/** Whether a consumer with this name and another configuration exists. */
export const isConsumerConfigConflict = (error: unknown): boolean =>
  hasCode(error, ...CONSUMER_EXISTS_WITH_OTHER_CONFIG);
