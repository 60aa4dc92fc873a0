import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';

/** The server's codes, where the client library has no name for them. */
const STREAM_EXISTS_DIFFERENTLY = 10_058;
const CONSUMER_EXISTS_DIFFERENTLY = [10_013, 10_105, 10_148];

const answered = (error: unknown, ...codes: number[]): boolean =>
  error instanceof JetStreamApiError && codes.includes(error.code);

export const isStreamMissing = (error: unknown): boolean => answered(error, JetStreamApiCodes.StreamNotFound);
export const isConsumerMissing = (error: unknown): boolean => answered(error, JetStreamApiCodes.ConsumerNotFound);
export const isOtherStreamThere = (error: unknown): boolean => answered(error, STREAM_EXISTS_DIFFERENTLY);
export const isOtherConsumerThere = (error: unknown): boolean => answered(error, ...CONSUMER_EXISTS_DIFFERENTLY);
