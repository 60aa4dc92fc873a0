import fc from 'fast-check';
import { parseContract, type Instructions, type RecordingStoredPayload } from '#libs/contracts/index.js';
import type { StoredWords, TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import {
  openTranscript,
  TRANSCRIPT_TRANSITIONS,
  withFailedTries,
  withFailure,
  withInstructions,
  withWords,
} from './transcript.js';

const NOW = new Date('2026-03-02T15:00:00Z');

const recording: RecordingStoredPayload = {
  attemptId: 'att_1',
  deliveryId: 'dlv_1',
  recordingId: 'rec_1',
  objectKey: 'recordings/rec_1.wav',
  sha256: 'a'.repeat(64),
  sizeBytes: 1000,
  durationSeconds: 5,
  customerChannel: 1,
  language: 'en',
  zone: 'America/Chicago',
  window: { start: '2026-03-03T16:00:00Z', end: '2026-03-03T20:00:00Z' },
  spokenAt: '2026-03-02T14:59:00Z',
};

const words: StoredWords = {
  text: 'leave it in the garage',
  language: 'en',
  segments: [{ startMs: 0, endMs: 1500, text: 'leave it in the garage', confidence: 0.9 }],
  unintelligible: [],
  durationMs: 2000,
  provider: 'moonshine',
  model: 'moonshine-tiny-en',
};

const instructions: Instructions = { complexity: 1 };
const extracted = { instructions, language: 'en', by: 'local' } as const;

function createTranscript(): TranscriptDocument {
  return { ...openTranscript(recording, NOW), organizationId: 'org_1', revision: 1, sequence: 0 };
}

const STEPS = {
  words: (transcript: TranscriptDocument) => withWords(transcript, words, NOW),
  instructions: (transcript: TranscriptDocument) => withInstructions(transcript, extracted, NOW),
  'failure of the recognizer': (transcript: TranscriptDocument) =>
    withFailure(transcript, 'waiting', { code: 'no_speech', detail: 'No one speaks.' }, NOW),
  'failure of the analyst': (transcript: TranscriptDocument) =>
    withFailure(transcript, 'transcribed', { code: 'gave_up', detail: 'Gave up.' }, NOW),
} as const;

describe('a transcript', () => {
  it('stores the facts that its transcription and analysis need', () => {
    expect(openTranscript(recording, NOW)).toMatchObject({
      _id: 'rec_1',
      state: 'waiting',
      recording: { objectKey: 'recordings/rec_1.wav', customerChannel: 1, language: 'en' },
      context: { zone: 'America/Chicago', spokenAt: new Date('2026-03-02T14:59:00Z') },
    });
  });

  it('gets words and then instructions, and publishes each once', () => {
    const transcribed = withWords(createTranscript(), words, NOW);
    const understood = transcribed && withInstructions(transcribed.transcript, extracted, NOW);
    expect(transcribed?.events.map(({ contract }) => contract.subject)).toEqual([
      'transcription.recording.transcribed.v1',
    ]);
    expect(understood?.events.map(({ contract }) => contract.subject)).toEqual([
      'transcription.instructions.extracted.v1',
    ]);
    expect(understood?.transcript).toMatchObject({ state: 'understood', words, instructions, analyst: 'local' });
  });

  it('keeps its words when the analysis fails', () => {
    const transcribed = withWords(createTranscript(), words, NOW);
    const failed = transcribed && STEPS['failure of the analyst'](transcribed.transcript);
    expect(failed?.transcript).toMatchObject({ state: 'failed', words, failure: { code: 'gave_up' } });
  });

  it('does not fail because of a late failure of the recognizer', () => {
    const transcribed = withWords(createTranscript(), words, NOW);
    expect(transcribed && STEPS['failure of the recognizer'](transcribed.transcript)).toBeUndefined();
  });

  it('resets the failed tries when the recognizer succeeds, so that the analyst gets the full number', () => {
    const retried = withFailedTries(createTranscript(), 5, NOW);
    expect(retried).toMatchObject({ transcript: { state: 'waiting', failedTries: 5 }, events: [] });
    expect(withWords(retried.transcript, words, NOW)?.transcript.failedTries).toBe(0);
  });

  it('publishes at most one transcription and exactly one end, for any sequence of steps', () => {
    const step = fc.constantFrom(...(Object.keys(STEPS) as (keyof typeof STEPS)[]));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let transcript = createTranscript();
        const publishedSubjects: string[] = [];
        for (const name of steps) {
          const change = STEPS[name](transcript);
          if (change === undefined) continue;
          expect(TRANSCRIPT_TRANSITIONS[transcript.state]).toContain(change.transcript.state);
          for (const { contract, payload } of change.events) {
            parseContract(contract.payload, payload, 'reject');
            publishedSubjects.push(contract.subject);
          }
          transcript = change.transcript;
        }
        expect(new Set(publishedSubjects).size).toBe(publishedSubjects.length);
        const finalSubjects = publishedSubjects.filter(
          (subject) => subject !== 'transcription.recording.transcribed.v1',
        );
        expect(finalSubjects).toHaveLength(TRANSCRIPT_TRANSITIONS[transcript.state].length === 0 ? 1 : 0);
      }),
    );
  });

  it('publishes valid events for any length of text and number of segments', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 12_000, size: 'max' });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 700 }), (text, count) => {
        const segment = { startMs: 0.4, endMs: 1.6, text, confidence: 0.5 };
        const change = withWords(
          createTranscript(),
          { ...words, text, segments: Array(count).fill(segment) as [] },
          NOW,
        );
        for (const { contract, payload } of change?.events ?? []) parseContract(contract.payload, payload, 'reject');
        expect(change?.transcript.words?.text).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it('uses the code as the detail of a failure without a message', () => {
    const failed = withFailure(createTranscript(), 'waiting', { code: 'gave_up', detail: '' }, NOW);
    expect(failed?.events[0]?.payload).toMatchObject({ failure: 'gave_up', detail: 'gave_up' });
  });
});
