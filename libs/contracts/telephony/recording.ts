import {
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectListField,
  TextField,
  TimeZoneField,
} from '../fields/index.js';
import { defineEvent, defineQuery } from '../kernel/index.js';
import { LANGUAGES, TimeWindow, type Language } from '../values/index.js';
import { CallFact } from './call.js';

/** A recording that is stored and verified in the object store, with the context for its transcription. */
export class RecordingStoredPayload extends CallFact {
  @IdField() recordingId!: string;
  @TextField({ max: 300 }) objectKey!: string;
  @TextField({ max: 64, pattern: /^[0-9a-f]{64}$/, patternMeaning: 'a SHA-256 in hexadecimal' }) sha256!: string;
  @IntegerField({ min: 0 }) sizeBytes!: number;
  @IntegerField({ min: 0 }) durationSeconds!: number;
  /** The audio channel of the customer, from 0. The other channel, if any, is DelAuto's. */
  @IntegerField({ min: 0, max: 1 }) customerChannel!: number;
  @ChoiceField(LANGUAGES) language!: Language;
  @TimeZoneField() zone!: string;
  @ObjectField(() => TimeWindow) window!: TimeWindow;
  /** When the customer spoke. Words such as "tomorrow" are relative to it. */
  @InstantField() spokenAt!: string;
}

export class RecordingMissingPayload extends CallFact {
  @TextField({ max: 300 }) reason!: string;
}

/** The audio was deleted at the end of the organization's retention period. */
export class RecordingExpiredPayload extends CallFact {
  @IdField() recordingId!: string;
}

/**
 * `waiting`: to be fetched from the carrier. `stored`: stored and verified in DelAuto's object store. `expired`:
 * deleted at the end of the organization's retention period. `missing`: the carrier has no recording.
 */
export const RECORDING_VIEW_STATES = ['waiting', 'stored', 'expired', 'missing'] as const;
export type RecordingViewState = (typeof RECORDING_VIEW_STATES)[number];

/** A recording of a call, without its audio. */
export class Recording {
  @IdField() recordingId!: string;
  @IdField() attemptId!: string;
  @IdField() deliveryId!: string;
  @ChoiceField(RECORDING_VIEW_STATES) state!: RecordingViewState;
  @IntegerField({ min: 0 }) durationSeconds!: number;
  @IntegerField({ min: 1, max: 2 }) channels!: number;
  @IntegerField({ optional: true, min: 0 }) sizeBytes?: number;
  @TextField({ optional: true, max: 64, description: 'SHA-256 of the WAV file as served, in hexadecimal.' })
  sha256?: string;
  @InstantField({ description: 'When the carrier reported the recording, or reported that none exists.' })
  createdAt!: string;
  @InstantField({ optional: true }) storedAt?: string;
  @IntegerField({ min: 1 }) revision!: number;
}

export class ListRecordingsRequest {
  @IntegerField({ min: 1, max: 200 }) limit!: number;
  @TextField({ optional: true, max: 300 }) cursor?: string;
  @IdField({ optional: true }) deliveryId?: string;
  @IdField({ optional: true }) attemptId?: string;
  @ChoiceField(RECORDING_VIEW_STATES, { optional: true }) state?: RecordingViewState;
  /** Only recordings created in `[from, to)`. */
  @InstantField({ optional: true }) from?: string;
  @InstantField({ optional: true }) to?: string;
}

export class RecordingPage {
  @ObjectListField(() => Recording, { maxItems: 200 }) items!: Recording[];
  @TextField({ optional: true, max: 300 }) nextCursor?: string;
}

export class GetRecordingRequest {
  @IdField() recordingId!: string;
}

export class GetRecordingLinkRequest {
  @IdField() recordingId!: string;
  /** The agent who wants to listen. Agents may listen only to recordings of their own deliveries. */
  @IdField({ optional: true }) agentId?: string;
}

/** A signed link to the audio of a recording. */
export class RecordingLink {
  @TextField({ max: 4000 }) url!: string;
  @InstantField() expiresAt!: string;
}

export const RecordingStored = defineEvent({
  subject: 'telephony.recording.stored.v1',
  payload: RecordingStoredPayload,
  consumers: ['transcription', 'routing', 'analytics', 'gateway'],
  summary: 'A recording was stored in DelAuto’s object store and verified by checksum.',
});
export const RecordingMissing = defineEvent({
  subject: 'telephony.recording.missing.v1',
  payload: RecordingMissingPayload,
  consumers: ['routing', 'analytics'],
  summary: 'The carrier has no recording of an answered call. The delivery proceeds without it.',
});
export const RecordingExpired = defineEvent({
  subject: 'telephony.recording.expired.v1',
  payload: RecordingExpiredPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'A recording was deleted at the end of the organization’s retention period.',
});
export const ListRecordingsRpc = defineQuery({
  subject: 'rpc.telephony.recording.list.v1',
  request: ListRecordingsRequest,
  reply: RecordingPage,
  callers: ['gateway'],
  summary: 'Lists the metadata of recordings in pages, latest first.',
});
export const GetRecordingRpc = defineQuery({
  subject: 'rpc.telephony.recording.get.v1',
  request: GetRecordingRequest,
  reply: Recording,
  callers: ['gateway'],
  summary: 'Returns the metadata of a recording.',
});
export const GetRecordingLinkRpc = defineQuery({
  subject: 'rpc.telephony.recording.link.v1',
  request: GetRecordingLinkRequest,
  reply: RecordingLink,
  callers: ['gateway'],
  summary: 'Returns a short-lived link to the audio of a recording.',
});
