import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyseInstructions } from '#libs/domain/instructions/index.js';
import { readAnalysisSet, type ExpectedFindings } from '../../bench/analysis/analysis-set.js';
import { isInvented, judgeAnalysis, type FieldVerdict } from '../../bench/analysis/judge-analysis.js';

const line = (changes: object = {}): string =>
  JSON.stringify({
    ...{ id: 'u-1', text: 'leave it on the porch', locale: 'en-US', zone: 'America/Chicago', question: 'open' },
    now: '2026-03-02T15:00:00Z',
    planned: { start: '2026-03-02T20:00:00Z', end: '2026-03-02T22:00:00Z' },
    expected: { safePlace: 'porch' },
    ...changes,
  });

async function setOf(...lines: string[]): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'delauto-set-')), 'set.jsonl');
  await writeFile(file, lines.join('\n'));
  return file;
}

const evening = { start: new Date('2026-03-03T00:00:00Z'), end: new Date('2026-03-03T03:00:00Z') };
const context = {
  ...({ locale: 'en-US', zone: 'America/Chicago', question: 'open' } as const),
  now: new Date('2026-03-02T15:00:00Z'),
  planned: { start: new Date('2026-03-02T20:00:00Z'), end: new Date('2026-03-02T22:00:00Z') },
};
const judge = (text: string, expected: ExpectedFindings): FieldVerdict[] =>
  judgeAnalysis(analyseInstructions({ ...context, text }), expected);

describe('a labelled set', () => {
  it('is read line by line, with instants, and empty lines passed over', async () => {
    const [first, ...more] = await readAnalysisSet(await setOf(line(), '', line({ id: 7 })));
    expect(first).toMatchObject({ id: 'u-1', now: new Date('2026-03-02T15:00:00Z'), expected: { safePlace: 'porch' } });
    expect(more.map(({ id }) => id)).toEqual(['7']);
  });

  it.each([
    ['an unknown field', line({ expected: { safeplace: 'porch' } }), /line 2: expected.*safeplace/],
    ['an unknown value', line({ expected: { safePlace: 'roof' } }), /line 2: expected\.safePlace/],
    ['a line that is no JSON', '{"id": ', /line 2:/],
    ['no instant', line({ now: 'noon' }), /line 2: now/],
  ])('with %s is refused, and says where', async (_what, wrong, message) => {
    await expect(readAnalysisSet(await setOf(line(), wrong))).rejects.toMatchObject({
      code: 'set_invalid',
      message: expect.stringMatching(message) as string,
    });
  });

  it('without a line is refused', async () => {
    await expect(readAnalysisSet(await setOf(''))).rejects.toMatchObject({ code: 'set_invalid' });
  });
});

describe('the judge of an analysis', () => {
  it('judges only what is labelled, and tells nothing from not to be found', () => {
    expect(judge('leave it on the porch', {})).toEqual([]);
    expect(judge('leave it on the porch', { safePlace: null })).toMatchObject([{ wrong: 1, missed: 0, right: 0 }]);
    expect(judge('hello', { safePlace: null })).toMatchObject([{ wrong: 0, missed: 0, right: 0 }]);
  });

  it('counts another value as both wrong and missed, and silence as an abstention', () => {
    expect(judge('leave it in the shed', { safePlace: 'porch' })).toMatchObject([
      { wrong: 1, missed: 1, abstained: false },
    ]);
    expect(judge('hello', { safePlace: 'porch' })).toMatchObject([{ wrong: 0, missed: 1, abstained: true }]);
  });

  it('takes windows to the quarter of an hour, each by itself', () => {
    const found = judge("i'm home after six", { availability: [evening, context.planned] });
    expect(found).toMatchObject([{ field: 'availability', right: 1, wrong: 0, missed: 1 }]);
  });

  it('compares codes without case, and calls one that nobody said invented', () => {
    expect(judge('the gate code is b four two zero', { accessCode: 'b420' })).toMatchObject([{ right: 1, wrong: 0 }]);
    const [other] = judge('the gate code is four two seven one', { accessCode: null });
    expect(other && isInvented(other)).toBe(true);
  });

  it('wants the words in the evidence, and the complexity within one', () => {
    const text = 'leave it behind the white chair on the porch';
    expect(judge(text, { safePlaceText: 'White chair', complexity: 2 })).toMatchObject([{ right: 1 }, { right: 1 }]);
    expect(judge(text, { safePlaceText: 'swing', complexity: 4 })).toMatchObject([{ missed: 1 }, { missed: 1 }]);
  });
});
