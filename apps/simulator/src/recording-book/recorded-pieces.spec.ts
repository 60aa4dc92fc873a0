import fc from 'fast-check';

import { mixRecording } from '../audio/mix-recording.js';
import { readWav, SAMPLE_RATE_HZ, WavError, writeWav } from '../audio/wav.js';
import { toRecordedPieces, type RecordingSegment } from './recorded-pieces.js';

const createSound = (atMs: number, lengthMs: number) => ({
  side: 'customer' as const,
  atMs,
  file: 'tone',
  fromMs: 0,
  lengthMs,
});

describe('toRecordedPieces', () => {
  it('places sounds relative to the start of the recording and cuts off the part before it', () => {
    const { durationMs, pieces } = toRecordedPieces(
      [{ startMs: 1000, endMs: 5000, paused: false }],
      [createSound(500, 1000), createSound(2000, 500)],
    );
    expect(durationMs).toBe(4000);
    expect(pieces).toMatchObject([
      { atMs: 0, fromMs: 500, lengthMs: 500 },
      { atMs: 1000, fromMs: 0, lengthMs: 500 },
    ]);
  });

  it('omits sounds during pauses, and contains every other millisecond once', () => {
    const anySegments = fc
      .array(
        fc.record({
          length: fc.integer({ min: 1, max: 3000 }),
          paused: fc.constantFrom(false as const, 'silence' as const, 'skip' as const),
        }),
        { minLength: 1, maxLength: 6 },
      )
      .map((parts) => {
        let at = 0;
        return parts.map(({ length, paused }): RecordingSegment => ({ startMs: at, endMs: (at += length), paused }));
      });
    fc.assert(
      fc.property(
        anySegments,
        fc.integer({ min: 0, max: 9000 }),
        fc.integer({ min: 1, max: 5000 }),
        (segments, atMs, lengthMs) => {
          const { durationMs, pieces } = toRecordedPieces(segments, [createSound(atMs, lengthMs)]);
          const overlap = segments
            .filter(({ paused }) => paused === false)
            .reduce(
              (sum, { startMs, endMs }) =>
                sum + Math.max(0, Math.min(endMs, atMs + lengthMs) - Math.max(startMs, atMs)),
              0,
            );
          expect(pieces.reduce((sum, piece) => sum + piece.lengthMs, 0)).toBe(overlap);
          expect(pieces.every((piece) => piece.atMs >= 0 && piece.atMs + piece.lengthMs <= durationMs)).toBe(true);
          expect(durationMs).toBe(
            segments
              .filter(({ paused }) => paused !== 'skip')
              .reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0),
          );
        },
      ),
    );
  });
});

describe('mixing recordings', () => {
  const tone = Int16Array.from({ length: SAMPLE_RATE_HZ }, (_, index) => (index % 200) - 100);

  it('puts the customer on the first channel and DelAuto on the second, at the right sample', () => {
    const [customer, delauto] = mixRecording(
      {
        durationMs: 2000,
        track: 'both',
        pieces: [
          { ...createSound(500, 250), fromMs: 100 },
          { ...createSound(1500, 900), side: 'ours' },
        ],
      },
      () => tone,
    );
    expect(customer).toHaveLength(2 * SAMPLE_RATE_HZ);
    expect(customer.subarray(4000, 6000)).toEqual(tone.subarray(800, 2800));
    expect(customer.subarray(6000).every((sample) => sample === 0)).toBe(true);
    expect(delauto.subarray(12_000)).toEqual(tone.subarray(0, 4000));
  });

  it('omits the other side if only one track is recorded', () => {
    const [customer] = mixRecording({ durationMs: 1000, track: 'outbound', pieces: [createSound(0, 500)] }, () => tone);
    expect(customer.every((sample) => sample === 0)).toBe(true);
  });

  it('writes WAV files that it can read, and rejects others', () => {
    expect(readWav(writeWav([tone]))).toEqual(tone);
    expect(() => readWav(writeWav([tone, tone]))).toThrow(WavError);
    expect(() => readWav(Buffer.from('no sound'))).toThrow(WavError);
  });
});
