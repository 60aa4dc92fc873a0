import { audio, evidence, formatViolations, recording } from '../testing/sample-evidence.js';
import { recordingsRule } from './recordings.js';

const judge = (...recordings: ReturnType<typeof recording>[]) =>
  formatViolations(recordingsRule.judge(evidence({ delivery: { recordings } })));

it('the recordings rule reports a recording that is not stored', () => {
  expect(judge()).toEqual([expect.stringMatching(/^lost: The carrier made 1 recordings of call CA1 .* 0 are stored/)]);
  expect(judge(recording({ state: 'missing' }))).toEqual([expect.stringContaining('rec_1 missing')]);
});

it('the recordings rule reports a recording that is stored twice', () => {
  expect(judge(recording(), recording({ recordingId: 'rec_2' }))).toEqual([
    expect.stringMatching(/^doubled: The carrier made 1 recordings .* 2 are stored/),
  ]);
});

it('the recordings rule reports audio that differs from what was stored', () => {
  expect(judge(recording({ audio: { ...audio, status: 404 } }))).toEqual([
    expect.stringContaining('its link answers 404'),
  ]);
  expect(judge(recording({ audio: { ...audio, sha256: 'b'.repeat(64) } }))).toEqual([
    expect.stringContaining(`the checksum ${'b'.repeat(64)}`),
  ]);
  expect(judge(recording({ audio: { ...audio, durationMs: 1_000 } }))).toEqual([
    expect.stringContaining('its audio lasts 1000 ms instead of 4 s'),
  ]);
});
