import type { Instructions } from '#libs/contracts/index.js';
import { correctedInstructions } from './corrected-instructions.js';
import { reviewReasons } from './review-reasons.js';

const said = { confidence: 0.6, source: 'analysis' as const, evidence: { start: 0, end: 3, text: 'the' } };
const known: Instructions = {
  present: { ...said, value: true },
  safePlace: { ...said, value: 'garage', text: 'the garage' },
  accessCode: { ...said, value: '4271' },
  complexity: 2,
};
const sure = { confidence: 1, source: 'person' };

describe('a correction', () => {
  it('replaces the named fields, removes those that were not said, and confirms the rest', () => {
    const { instructions, removed } = correctedInstructions(known, {
      safePlace: { value: 'shed', text: 'the green shed' },
      accessCode: null,
      refused: false,
      present: false,
      hazards: ['dog'],
    });
    expect(instructions).toEqual({
      present: { ...sure, value: false },
      safePlace: { ...sure, value: 'shed', text: 'the green shed' },
      hazards: { ...sure, value: ['dog'] },
      complexity: 2,
    });
    expect(removed).toEqual(['accessCode']);
  });

  it('without fields confirms everything, including the customer’s words', () => {
    const { instructions, removed } = correctedInstructions(known, { note: 'listened to it' });
    expect(instructions).toEqual({
      present: { ...known.present, ...sure },
      safePlace: { ...known.safePlace, ...sure },
      accessCode: { ...known.accessCode, ...sure },
      complexity: 2,
    });
    expect(removed).toEqual([]);
  });

  it('makes up the instructions of a recording that could not be transcribed', () => {
    expect(correctedInstructions(undefined, { optOut: true, complexity: 3 })).toEqual({
      instructions: { optOut: { ...sure, value: true }, complexity: 3 },
      removed: [],
    });
  });
});

describe('review reasons', () => {
  const words = (confidence: number) => ({
    ...{ text: 'leave it', language: 'en' as const, unintelligible: [], durationMs: 900, provider: 'p', model: 'm' },
    segments: [{ startMs: 0, endMs: 900, text: 'leave it', confidence }],
  });
  const clear = { ...said, confidence: 0.9 };

  it.each([
    ['nothing is uncertain', words(0.9), { safePlace: { ...clear, value: 'garage' }, complexity: 1 }, []],
    ['the words are uncertain', words(0.4), { complexity: 1 }, ['unsure_words']],
    [
      'a decisive finding is uncertain',
      words(0.9),
      { reschedule: { ...said, value: { to: null } }, complexity: 1 },
      ['unsure_finding'],
    ],
    ['a hazard is uncertain', words(0.9), { hazards: { ...said, value: ['dog'] }, complexity: 1 }, []],
    [
      'the customer asks for a person',
      words(0.9),
      { needsHuman: { ...clear, value: true }, complexity: 1 },
      ['asks_for_person'],
    ],
  ])('if %s', (_case, heard, instructions, reasons) => {
    expect(reviewReasons(heard, instructions as Instructions)).toEqual(reasons);
  });
});
