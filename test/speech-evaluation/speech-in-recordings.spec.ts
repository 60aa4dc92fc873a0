import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { resample } from '#libs/adapters/speech-to-text/audio/resample.js';
import { findSpeechSegments, type SampleRange } from '#libs/adapters/speech-to-text/audio/speech-segments.js';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import { mulberry32 } from '../../bench/seeded-random.js';
import { silence, voice } from '../transcription/recordings.js';
import {
  activeLevelDbfs,
  add,
  background,
  BACKGROUNDS,
  concatenate,
  mixRecording,
  SAMPLE_RATE,
  speechPlace,
  tones,
  type Mix,
} from './mixed-recordings.js';

const OPTIONS = { sampleRate: SAMPLE_RATE, maxSeconds: 20, pauseSeconds: 0.8 } as const;
const findSegments = (samples: Float32Array): SampleRange[] => findSpeechSegments(samples, OPTIONS);

const VOICES = readdirSync('apps/simulator/voices')
  .filter((file) => file.endsWith('.wav'))
  .map((file) => basename(file, '.wav'));
const yes = voice('yes');
const gateCode = voice('leave-gate-code');
const NOISES = BACKGROUNDS.filter((kind) => kind !== 'digital silence');

/**
 * The share of the frames of `speech` within 15 dB of its active level that are in a segment, if the speech begins at
 * sample `start`.
 */
function measureFoundShare(speech: Float32Array, start: number, segments: readonly SampleRange[]): number {
  const level = activeLevelDbfs(speech);
  const frame = SAMPLE_RATE / 50;
  let loud = 0;
  let found = 0;
  for (let at = 0; at + frame <= speech.length; at += frame) {
    if (activeLevelDbfs(speech.subarray(at, at + frame)) < level - 15) continue;
    loud += 1;
    const middle = start + at + frame / 2;
    if (segments.some((segment) => segment.start <= middle && middle < segment.end)) found += 1;
  }
  return found / loud;
}

const measureFoundShareOfMix = (mix: Mix): number =>
  measureFoundShare(mix.speech, speechPlace(mix).start, findSegments(mixRecording(mix)));

describe('a short sentence in a long recording', () => {
  const quiet = { speechDbfs: -30, background: 'digital silence', snrDb: 60, seed: 1 } as const;

  it.each([
    ['1.35 s in 60 s', voice('no').subarray(0, 1.35 * SAMPLE_RATE), 60],
    ['a gate code in 240 s', gateCode, 240],
    ['0.3 s in 300 s', yes.subarray(0, 0.3 * SAMPLE_RATE), 300],
  ])('is found at the start, in the middle and at the end: %s', (_, speech, totalSeconds) => {
    for (const place of [0, 0.5, 1]) {
      expect(measureFoundShareOfMix({ ...quiet, speech, totalSeconds, place })).toBeGreaterThan(0.95);
    }
  });

  it.each(NOISES)('is found in 300 s of %s', (kind) => {
    const mix: Mix = {
      speech: yes,
      speechDbfs: -40,
      totalSeconds: 300,
      place: 0.7,
      background: kind,
      snrDb: 10,
      seed: 1,
    };
    const segments = findSegments(mixRecording(mix));
    expect(segments).toHaveLength(1);
    expect(measureFoundShare(yes, speechPlace(mix).start, segments)).toBeGreaterThan(0.8);
  });
});

describe('speech over a stationary background sound', () => {
  const mixes = fc.record({
    id: fc.constantFrom(...VOICES),
    seconds: fc.constantFrom(0.8, 1.35, 10),
    speechDbfs: fc.integer({ min: -60, max: -12 }),
    extraSeconds: fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 30, noNaN: true })),
    place: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    background: fc.constantFrom(...BACKGROUNDS),
    snrDb: fc.integer({ min: 8, max: 20 }),
    seed: fc.nat(),
  });

  it('is found for any voice, level, position, length and noise', () => {
    fc.assert(
      fc.property(mixes, ({ id, seconds, extraSeconds, ...mix }) => {
        const speech = voice(id).subarray(0, seconds * SAMPLE_RATE);
        const totalSeconds = speech.length / SAMPLE_RATE + extraSeconds;
        expect(measureFoundShareOfMix({ ...mix, speech, totalSeconds })).toBeGreaterThan(0.5);
      }),
      { numRuns: propertyRuns(60) },
    );
  });

  it('is found in nearly all pieces of 0.3 s', () => {
    const random = mulberry32(5);
    const length = 0.3 * SAMPLE_RATE;
    const pieces = VOICES.flatMap((id) => loudPieces(voice(id), length));
    // The number of pieces for this run, evenly distributed over all voices.
    const step = pieces.length / propertyRuns(pieces.length);
    const selectedPieces = Array.from(
      { length: propertyRuns(pieces.length) },
      (_, index) => pieces[Math.floor(index * step)],
    );
    const found = selectedPieces.filter((speech = yes, index) => {
      const kind = BACKGROUNDS[index % BACKGROUNDS.length] ?? 'hum';
      const where = { place: random(), totalSeconds: 1 + 5 * random(), seed: index };
      return measureFoundShareOfMix({ speech, speechDbfs: -40, background: kind, snrDb: 12, ...where }) > 0.3;
    });
    // A piece may contain little more than the pause between two words.
    expect(found.length / selectedPieces.length).toBeGreaterThan(0.94);
  });

  it('is found if it fills the whole recording', () => {
    for (const id of VOICES) expect(measureFoundShare(voice(id), 0, findSegments(voice(id)))).toBeGreaterThan(0.95);
    const pauseless = concatenate(...VOICES.map((id) => voice(id).subarray(0.1 * SAMPLE_RATE, -0.15 * SAMPLE_RATE)));
    expect(measureFoundShare(pauseless, 0, findSegments(pauseless))).toBeGreaterThan(0.98);
  });

  it.each([8_000, 11_025, 16_000, 44_100, 48_000])('is found at %d samples per second', (sampleRate) => {
    const mix: Mix = {
      speech: yes,
      speechDbfs: -40,
      totalSeconds: 12,
      place: 0.5,
      background: 'hum',
      snrDb: 10,
      seed: 2,
    };
    const segments = findSpeechSegments(resample(mixRecording(mix), SAMPLE_RATE, sampleRate), {
      ...OPTIONS,
      sampleRate,
    });
    const toRate = (sample: number): number => (sample * SAMPLE_RATE) / sampleRate;
    const ranges = segments.map(({ start, end }) => ({ start: toRate(start), end: toRate(end) }));
    expect(measureFoundShare(yes, speechPlace(mix).start, ranges)).toBeGreaterThan(0.8);
  });
});

describe('speech in a recording with other sounds', () => {
  const faint = yes.map((sample) => 0.05 * sample);
  const at = 10 * SAMPLE_RATE;
  const hiss = (seconds: number, dbfs: number): Float32Array =>
    background('white hiss', seconds * SAMPLE_RATE, dbfs, 3);
  const step = concatenate(hiss(9, -70), hiss(6, -45));
  const ramp = background('pink noise', 20 * SAMPLE_RATE, -45, 4).map(
    (sample, index) => sample * (index / (20 * SAMPLE_RATE)),
  );
  const keys = concatenate(tones([697, 1_209], 0.1), silence(0.1), tones([941, 1_477], 0.2));
  const inSilence = (sound: Float32Array, where: number): Float32Array => add(silence(20), sound, where * SAMPLE_RATE);

  it.each([
    ['a loud click', inSilence(tones([900], 0.01, 0.9), 3)],
    ['the tones of keys', inSilence(keys, 3)],
    ['a loud beep', inSilence(tones([1_000], 0.8, 0.9), 5)],
    ['noise that becomes louder abruptly', step],
    ['noise that becomes louder slowly', ramp],
    ['a DC offset', silence(20).fill(0.3)],
  ])('is the only segment found: %s', (_, sounds) => {
    const segments = findSegments(add(sounds.slice(), faint, at));
    expect(segments).toHaveLength(1);
    expect(measureFoundShare(faint, at, segments)).toBeGreaterThan(0.8);
  });

  it('is found if it is clipped', () => {
    const clipped = yes.map((sample) => Math.max(-1, Math.min(1, 20 * sample)));
    expect(measureFoundShare(yes, at, findSegments(add(hiss(20, -40), clipped, at)))).toBe(1);
  });
});

describe('a recording without speech', () => {
  it('has no segment, whatever stationary sound it contains', () => {
    const kinds = fc.constantFrom(...BACKGROUNDS);
    const seconds = fc.double({ min: 0.05, max: 8, noNaN: true });
    fc.assert(
      fc.property(kinds, seconds, fc.integer({ min: -75, max: -8 }), fc.nat(), (kind, length, dbfs, seed) => {
        expect(findSegments(background(kind, Math.round(length * SAMPLE_RATE), dbfs, seed))).toEqual([]);
      }),
      { numRuns: propertyRuns(60) },
    );
  });

  it('has no segment for a single click, whatever its length and ringing', () => {
    const clicks = fc.record({
      hertz: fc.integer({ min: 100, max: 3_500 }),
      milliseconds: fc.integer({ min: 1, max: 30 }),
      decayMs: fc.integer({ min: 1, max: 15 }),
      amplitude: fc.double({ min: 0.01, max: 1, noNaN: true }),
      place: fc.double({ min: 0, max: 5, noNaN: true }),
    });
    fc.assert(
      fc.property(clicks, ({ hertz, milliseconds, decayMs, amplitude, place }) => {
        const ringing = tones([hertz], 0.3, amplitude).map((sample, index) => {
          const samplesAfterClick = Math.max(0, index - (milliseconds * SAMPLE_RATE) / 1_000);
          return sample * Math.exp((-1_000 * samplesAfterClick) / (decayMs * SAMPLE_RATE));
        });
        const click = milliseconds + 2 * decayMs <= 30 ? ringing : tones([hertz], milliseconds / 1_000, amplitude);
        expect(findSegments(add(silence(6), click, Math.round(place * SAMPLE_RATE)))).toEqual([]);
      }),
    );
  });

  it.each([
    ['a dial tone', concatenate(tones([350, 440], 3, 0.2), silence(2))],
    [
      'a busy tone',
      concatenate(...Array.from({ length: 8 }, () => concatenate(tones([480, 620], 0.5, 0.2), silence(0.5)))),
    ],
    ['a beep', concatenate(silence(2), tones([1_000], 0.5, 0.5), silence(2))],
    ['hiss that is switched on and off', concatenate(...hissBursts(-35, -60))],
  ])('has no segment: %s', (_, samples) => {
    expect(findSegments(samples)).toEqual([]);
  });
});

/** Lists every third piece of `length` samples, if it is about as loud as the whole recording. */
function loudPieces(whole: Float32Array, length: number): Float32Array[] {
  const level = activeLevelDbfs(whole);
  const pieces = Array.from({ length: Math.floor(whole.length / length / 3) }, (_, index) =>
    whole.subarray(3 * index * length, (3 * index + 1) * length),
  );
  return pieces.filter((piece) => activeLevelDbfs(piece) >= level - 6);
}

/** Alternating seconds of hiss at the two levels. */
function hissBursts(loudDbfs: number, quietDbfs: number): Float32Array[] {
  return Array.from({ length: 20 }, (_, index) =>
    background('white hiss', SAMPLE_RATE, index % 2 === 0 ? loudDbfs : quietDbfs, index),
  );
}
