import { loadReaderModel } from '#libs/testing/reader/reader-model.js';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyzeInstructions } from '#libs/domain/instructions/index.js';
import { readAnalysisSet, type ExpectedFindings } from '../../bench/analysis/analysis-set.js';
import { isInvented, judgeAnalysis, type FieldVerdict } from '../../bench/analysis/judge-analysis.js';

const line = (changes: object = {}): string =>
  JSON.stringify({
    id: 'u-1',
    text: 'leave it on the porch',
    locale: 'en-US',
    zone: 'America/Chicago',
    question: 'open',
    now: '2026-03-02T15:00:00Z',
    planned: { start: '2026-03-02T20:00:00Z', end: '2026-03-02T22:00:00Z' },
    expected: { safePlace: 'porch' },
    ...changes,
  });

async function writeSet(...lines: string[]): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'delauto-set-')), 'set.jsonl');
  await writeFile(file, lines.join('\n'));
  return file;
}

const evening = { start: new Date('2026-03-03T00:00:00Z'), end: new Date('2026-03-03T03:00:00Z') };
const context = {
  locale: 'en-US' as const,
  zone: 'America/Chicago',
  question: 'open' as const,
  now: new Date('2026-03-02T15:00:00Z'),
  planned: { start: new Date('2026-03-02T20:00:00Z'), end: new Date('2026-03-02T22:00:00Z') },
};
const judge = (text: string, expected: ExpectedFindings): FieldVerdict[] =>
  judgeAnalysis(analyzeInstructions({ ...context, text }, loadReaderModel()), expected);

describe('a labeled set', () => {
  it('is read line by line: instants are parsed and empty lines skipped', async () => {
    const [first, ...others] = await readAnalysisSet(await writeSet(line(), '', line({ id: 7 })));
    expect(first).toMatchObject({ id: 'u-1', now: new Date('2026-03-02T15:00:00Z'), expected: { safePlace: 'porch' } });
    expect(others.map(({ id }) => id)).toEqual(['7']);
  });

  it.each([
    ['an unknown field', line({ expected: { safeplace: 'porch' } }), /line 2: expected.*safeplace/],
    ['an unknown value', line({ expected: { safePlace: 'roof' } }), /line 2: expected\.safePlace/],
    ['a line that is not JSON', '{"id": ', /line 2:/],
    ['an invalid instant', line({ now: 'noon' }), /line 2: now/],
  ])('with %s is rejected, and the error names the place', async (_what, invalidLine, message) => {
    await expect(readAnalysisSet(await writeSet(line(), invalidLine))).rejects.toMatchObject({
      code: 'set_invalid',
      message: expect.stringMatching(message) as string,
    });
  });

  it('without any line is rejected', async () => {
    await expect(readAnalysisSet(await writeSet(''))).rejects.toMatchObject({ code: 'set_invalid' });
  });
});

describe('judgeAnalysis', () => {
  it('judges only labeled fields, and distinguishes an absent label from "nothing expected"', () => {
    expect(judge('leave it on the porch', {})).toEqual([]);
    expect(judge('leave it on the porch', { safePlace: null })).toMatchObject([{ wrong: 1, missed: 0, right: 0 }]);
    expect(judge('hello', { safePlace: null })).toMatchObject([{ wrong: 0, missed: 0, right: 0 }]);
  });

  it('counts another value as both wrong and missed, and no value as an abstention', () => {
    expect(judge('leave it in the shed', { safePlace: 'porch' })).toMatchObject([
      { wrong: 1, missed: 1, abstained: false },
    ]);
    expect(judge('hello', { safePlace: 'porch' })).toMatchObject([{ wrong: 0, missed: 1, abstained: true }]);
  });

  it('compares each window by itself, to the quarter of an hour', () => {
    const found = judge("i'm home after six", { availability: [evening, context.planned] });
    expect(found).toMatchObject([{ field: 'availability', right: 1, wrong: 0, missed: 1 }]);
  });

  it('compares codes without case, and reports a code that was not said as invented', () => {
    expect(judge('the gate code is b four two zero', { accessCode: 'b420' })).toMatchObject([{ right: 1, wrong: 0 }]);
    const [other] = judge('the gate code is four two seven one', { accessCode: null });
    expect(other && isInvented(other)).toBe(true);
  });

  it('requires the words in the evidence, and accepts a complexity that differs by one', () => {
    const text = 'leave it behind the white chair on the porch';
    expect(judge(text, { safePlaceText: 'White chair', complexity: 2 })).toMatchObject([{ right: 1 }, { right: 1 }]);
    expect(judge(text, { safePlaceText: 'swing', complexity: 4 })).toMatchObject([{ missed: 1 }, { missed: 1 }]);
  });
});
