import type { Instructions } from '#libs/contracts/index.js';
import { applyCorrection } from './corrected-instructions.js';
import { findReviewReasons } from './review-reasons.js';

const uncertain = { confidence: 0.6, source: 'analysis' as const, evidence: { start: 0, end: 3, text: 'the' } };
const extracted: Instructions = {
  present: { ...uncertain, value: true },
  safePlace: { ...uncertain, value: 'garage', text: 'the garage' },
  accessCode: { ...uncertain, value: '4271' },
  complexity: 2,
};
const confirmed = { confidence: 1, source: 'person' };

describe('a correction', () => {
  it('replaces the named fields, removes those that the dispatcher cleared, and confirms the others', () => {
    const { instructions, removed } = applyCorrection(extracted, {
      safePlace: { value: 'shed', text: 'the green shed' },
      accessCode: null,
      refused: false,
      present: false,
      hazards: ['dog'],
    });
    expect(instructions).toEqual({
      present: { ...confirmed, value: false },
      safePlace: { ...confirmed, value: 'shed', text: 'the green shed' },
      hazards: { ...confirmed, value: ['dog'] },
      complexity: 2,
    });
    expect(removed).toEqual(['accessCode']);
  });

  it('without fields confirms every finding, including the customer’s words', () => {
    const { instructions, removed } = applyCorrection(extracted, { note: 'listened to it' });
    expect(instructions).toEqual({
      present: { ...extracted.present, ...confirmed },
      safePlace: { ...extracted.safePlace, ...confirmed },
      accessCode: { ...extracted.accessCode, ...confirmed },
      complexity: 2,
    });
    expect(removed).toEqual([]);
  });

  it('creates the instructions of a recording that could not be transcribed', () => {
    expect(applyCorrection(undefined, { optOut: true, complexity: 3 })).toEqual({
      instructions: { optOut: { ...confirmed, value: true }, complexity: 3 },
      removed: [],
    });
  });
});

describe('review reasons', () => {
  const toWords = (confidence: number) => ({
    text: 'leave it',
    language: 'en' as const,
    unintelligible: [],
    durationMs: 900,
    provider: 'p',
    model: 'm',
    segments: [{ startMs: 0, endMs: 900, text: 'leave it', confidence }],
  });
  const certain = { ...uncertain, confidence: 0.9 };

  it.each([
    ['nothing is uncertain', toWords(0.9), { safePlace: { ...certain, value: 'garage' }, complexity: 1 }, []],
    ['the words are uncertain', toWords(0.4), { complexity: 1 }, ['unsure_words']],
    [
      'a decisive finding is uncertain',
      toWords(0.9),
      { safePlace: { ...uncertain, value: 'garage' }, complexity: 1 },
      ['unsure_finding'],
    ],
    [
      'words alone refuse the parcel',
      toWords(0.9),
      { refused: { ...certain, value: true }, complexity: 1 },
      ['unconfirmed_decision'],
    ],
    [
      'words were not understood',
      toWords(0.9),
      { questions: { ...certain, value: [{ about: 'availability', said: 'after the game' }] }, complexity: 1 },
      ['unclear_words'],
    ],
    ['a hazard is uncertain', toWords(0.9), { hazards: { ...uncertain, value: ['dog'] }, complexity: 1 }, []],
    [
      'the customer asks for a person',
      toWords(0.9),
      { needsHuman: { ...certain, value: true }, complexity: 1 },
      ['asks_for_person'],
    ],
  ])('if %s', (_case, words, instructions, reasons) => {
    expect(findReviewReasons(words, instructions as Instructions)).toEqual(reasons);
  });
});
