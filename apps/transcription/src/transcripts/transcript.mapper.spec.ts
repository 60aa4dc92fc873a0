import type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import { toMaskedTranscript, toTranscript } from './transcript.mapper.js';

const createSegment = (startMs: number, endMs: number, text: string, confidence: number) => ({
  startMs,
  endMs,
  text,
  confidence,
});

function createTranscript(changes: Partial<TranscriptDocument> = {}): TranscriptDocument {
  const text = 'The gate code is four two seven one. Bye.';
  return {
    _id: 'rec_1',
    organizationId: 'org_1',
    attemptId: 'att_1',
    deliveryId: 'dlv_1',
    revision: 3,
    sequence: 2,
    state: 'understood',
    failedTries: 0,
    recording: {} as TranscriptDocument['recording'],
    context: {} as TranscriptDocument['context'],
    words: {
      text,
      language: 'en',
      unintelligible: [],
      durationMs: 4000,
      provider: 'p',
      model: 'm',
      segments: [
        createSegment(0, 3000, 'The gate code is four two', 0.8),
        createSegment(3000, 4000, 'seven one. Bye.', 0.4),
      ],
    },
    createdAt: new Date('2026-03-02T15:00:00Z'),
    updatedAt: new Date('2026-03-02T15:00:09Z'),
    ...changes,
  };
}

describe('a transcript in the API', () => {
  it('has the confidence of its segments, weighted by duration', () => {
    expect(toTranscript(createTranscript()).confidence).toBeCloseTo(0.7);
  });

  it('masks an access code that spans two segments without shifting offsets', () => {
    const { text, segments } = toMaskedTranscript(createTranscript());
    expect(text).toHaveLength(toTranscript(createTranscript()).text?.length ?? 0);
    expect(segments.map((segment) => segment.text)).toEqual(['The gate code is ••••••••', '•••••••••. Bye.']);
  });

  it('has the times of each word, except in segments with a masked code', () => {
    const { words } = createTranscript();
    if (!words) throw new Error('The transcript has no words.');
    const toTimedWords = (text: string) =>
      text.split(' ').map((word, index) => ({ text: word, startMs: index * 200, endMs: index * 200 + 150.4 }));
    const segments = ['Leave it there.', 'The code is four two seven one.'].map((text, index) => ({
      ...createSegment(index * 1000, index * 1000 + 900, text, 0.9),
      words: toTimedWords(text),
    }));
    const transcript = createTranscript({
      words: { ...words, text: segments.map(({ text }) => text).join(' '), segments },
    });
    expect(toTranscript(transcript).segments[1]?.words).toHaveLength(7);
    const [unmasked, masked] = toMaskedTranscript(transcript).segments;
    expect(unmasked?.words?.[1]).toEqual({ text: 'it', startMs: 200, endMs: 350 });
    expect(masked?.text).toMatch(/^The code is •+\.$/);
    expect(masked?.words).toBeUndefined();
  });

  it('masks the code that the analyst found, even if the masking rules do not detect it', () => {
    const { words } = createTranscript();
    if (!words) throw new Error('The transcript has no words.');
    const accessCode = {
      value: '99',
      confidence: 1,
      source: 'analysis' as const,
      evidence: { start: 4, end: 9, text: 'kappa' },
    };
    const masked = toMaskedTranscript(
      createTranscript({
        words: { ...words, text: 'say kappa', segments: [] },
        instructions: { accessCode, complexity: 1 },
      }),
    );
    expect(masked.text).toBe('say •••••');
    expect(JSON.stringify(masked)).not.toContain('kappa');
  });

  it('without words contains only its state and ids', () => {
    const { words: _words, ...waiting } = createTranscript({ state: 'waiting' });
    expect(toMaskedTranscript(waiting)).toEqual({
      recordingId: 'rec_1',
      attemptId: 'att_1',
      deliveryId: 'dlv_1',
      state: 'waiting',
      segments: [],
      revision: 3,
      version: 0,
      createdAt: '2026-03-02T15:00:00.000Z',
      updatedAt: '2026-03-02T15:00:09.000Z',
    });
  });
});
