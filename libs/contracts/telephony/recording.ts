import {
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  TextField,
  TimeZoneField,
} from '../fields/index.js';
import { defineEvent, defineQuery } from '../kernel/index.js';
import { LANGUAGES, TimeWindow, type Language } from '../values/index.js';
import { CallFact } from './call.js';

/** A recording that lies verified in the object store, with what is needed to understand it. */
export class RecordingStoredPayload extends CallFact {
  @IdField() recordingId!: string;
  @TextField({ max: 300 }) objectKey!: string;
  @TextField({ max: 64, pattern: /^[0-9a-f]{64}$/, patternMeaning: 'a SHA-256 in hexadecimal' }) sha256!: string;
  @IntegerField({ min: 0 }) sizeBytes!: number;
  @IntegerField({ min: 0 }) durationSeconds!: number;
  /** Which channel of the audio holds the customer, from 0; the other, if there is one, is ours. */
  @IntegerField({ min: 0, max: 1 }) customerChannel!: number;
  @ChoiceField(LANGUAGES) language!: Language;
  @TimeZoneField() zone!: string;
  @ObjectField(() => TimeWindow) window!: TimeWindow;
  /** When the customer spoke: what "tomorrow" is relative to. */
  @InstantField() spokenAt!: string;
}

export class RecordingMissingPayload extends CallFact {
  @TextField({ max: 300 }) reason!: string;
}

export class GetRecordingLinkRequest {
  @IdField() recordingId!: string;
}

export class RecordingLink {
  @TextField({ max: 4000 }) url!: string;
  @InstantField() expiresAt!: string;
}

export const RecordingStored = defineEvent({
  subject: 'telephony.recording.stored.v1',
  payload: RecordingStoredPayload,
  consumers: ['transcription', 'routing', 'analytics', 'gateway'],
  summary: 'The recording lies in our own store, verified by checksum.',
});
export const RecordingMissing = defineEvent({
  subject: 'telephony.recording.missing.v1',
  payload: RecordingMissingPayload,
  consumers: ['routing', 'analytics'],
  summary: 'The carrier has no recording of an answered call; the delivery goes on without.',
});
export const GetRecordingLink = defineQuery({
  subject: 'rpc.telephony.recording.link.v1',
  request: GetRecordingLinkRequest,
  reply: RecordingLink,
  callers: ['gateway'],
  summary: 'A short-lived link to listen to a recording.',
});
