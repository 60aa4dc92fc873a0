import type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import { toMaskedTranscript, toTranscript } from './transcript.mapper.js';

const segment = (startMs: number, endMs: number, text: string, confidence: number) => ({
  startMs,
  endMs,
  text,
  confidence,
});

function transcript(changes: Partial<TranscriptDocument> = {}): TranscriptDocument {
  const text = 'The gate code is four two seven one. Bye.';
  return {
    ...{ _id: 'rec_1', organizationId: 'org_1', attemptId: 'att_1', deliveryId: 'dlv_1', revision: 3, sequence: 2 },
    ...{ state: 'understood', failedTries: 0 },
    recording: {} as TranscriptDocument['recording'],
    context: {} as TranscriptDocument['context'],
    words: {
      ...{ text, language: 'en', unintelligible: [], durationMs: 4000, provider: 'p', model: 'm' },
      segments: [segment(0, 3000, 'The gate code is four two', 0.8), segment(3000, 4000, 'seven one. Bye.', 0.4)],
    },
    createdAt: new Date('2026-03-02T15:00:00Z'),
    updatedAt: new Date('2026-03-02T15:00:09Z'),
    ...changes,
  };
}

describe('public transcript', () => {
  it('has the confidence of its segments, weighted by duration', () => {
    expect(toTranscript(transcript()).confidence).toBeCloseTo(0.7);
  });

  it('masks an access code that spans two segments without shifting offsets', () => {
    const { text, segments } = toMaskedTranscript(transcript());
    expect(text).toHaveLength(toTranscript(transcript()).text?.length ?? 0);
    expect(segments.map((one) => one.text)).toEqual(['The gate code is ••••••••', '•••••••••. Bye.']);
  });

  it('has the times of each word, except in segments with a masked code', () => {
    const { words } = transcript();
    if (!words) throw new Error('has words');
    const timed = (text: string) =>
      text.split(' ').map((word, at) => ({ text: word, startMs: at * 200, endMs: at * 200 + 150.4 }));
    const segments = ['Leave it there.', 'The code is four two seven one.'].map((text, at) => ({
      ...segment(at * 1000, at * 1000 + 900, text, 0.9),
      words: timed(text),
    }));
    const heard = transcript({ words: { ...words, text: segments.map(({ text }) => text).join(' '), segments } });
    expect(toTranscript(heard).segments[1]?.words).toHaveLength(7);
    const [open, masked] = toMaskedTranscript(heard).segments;
    expect(open?.words?.[1]).toEqual({ text: 'it', startMs: 200, endMs: 350 });
    expect(masked?.text).toMatch(/^The code is •+\.$/);
    expect(masked?.words).toBeUndefined();
  });

  it('masks the code that the analyst found, even if the masking rules do not detect it', () => {
    const { words } = transcript();
    if (!words) throw new Error('has words');
    const accessCode = {
      value: '99',
      confidence: 1,
      source: 'analysis' as const,
      evidence: { start: 4, end: 9, text: 'kappa' },
    };
    const masked = toMaskedTranscript(
      transcript({ words: { ...words, text: 'say kappa', segments: [] }, instructions: { accessCode, complexity: 1 } }),
    );
    expect(masked.text).toBe('say •••••');
    expect(JSON.stringify(masked)).not.toContain('kappa');
  });

  it('without words contains only its state and ids', () => {
    const { words: _none, ...waiting } = transcript({ state: 'waiting' });
    expect(toMaskedTranscript(waiting)).toEqual({
      ...{
        recordingId: 'rec_1',
        attemptId: 'att_1',
        deliveryId: 'dlv_1',
        state: 'waiting',
        segments: [],
        revision: 3,
        version: 0,
      },
      ...{ createdAt: '2026-03-02T15:00:00.000Z', updatedAt: '2026-03-02T15:00:09.000Z' },
    });
  });
});
