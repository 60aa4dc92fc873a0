import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { speechSegments, type SampleRange } from '#libs/adapters/speech-to-text/audio/speech-segments.js';
import { voice } from '../transcription/recordings.js';
import { activeLevelDbfs, mixed, RATE, speechPlace, type Mix } from './mixed-recordings.js';

const OPTIONS = { sampleRate: RATE, maxSeconds: 20, pauseSeconds: 0.8 } as const;
const segmentsOf = (samples: Float32Array): SampleRange[] => speechSegments(samples, OPTIONS);

const gateCode = voice('leave-gate-code');
const quiet = { speechDbfs: -30, background: 'digital silence', snrDb: 60, seed: 1 } as const;

/** Share of the loud frames (within 15 dB of the active level) of the speech of a mix that lies in a segment. */
function shareFound(mix: Mix, segments: readonly SampleRange[]): number {
  const { start } = speechPlace(mix);
  const level = activeLevelDbfs(mix.speech);
  const frame = RATE / 50;
  let loud = 0;
  let found = 0;
  for (let at = 0; at + frame <= mix.speech.length; at += frame) {
    if (activeLevelDbfs(mix.speech.subarray(at, at + frame)) < level - 15) continue;
    loud += 1;
    const middle = start + at + frame / 2;
    if (segments.some((segment) => segment.start <= middle && middle < segment.end)) found += 1;
  }
  return found / loud;
}

describe('a short sentence in a long recording', () => {
  it.each([
    ['1.35 s in 60 s', voice('yes').subarray(0, 1.35 * RATE), 60],
    ['a gate code in 240 s', gateCode, 240],
  ])('is found: %s', (_, speech, totalSeconds) => {
    const mix: Mix = { ...quiet, speech, totalSeconds, place: 0.5 };
    expect(shareFound(mix, segmentsOf(mixed(mix)))).toBeGreaterThan(0.95);
  });
});
