import { loadReaderModel } from '#libs/testing/reader/reader-model.js';
import { analyzeInstructions, type Instructions } from '#libs/domain/instructions/index.js';
import type { ExpectedFindings } from '../../bench/analysis/analysis-set.js';
import { findWrongActs, type WrongAct } from '../../bench/analysis/find-wrong-acts.js';

const NOTHING = analyzeInstructions(
  {
    text: 'hello',
    locale: 'en-US',
    zone: 'America/Chicago',
    question: 'open',
    now: new Date('2026-03-02T15:00:00Z'),
    planned: { start: new Date('2026-03-02T20:00:00Z'), end: new Date('2026-03-02T22:00:00Z') },
  },
  loadReaderModel(),
);
const found = <T>(value: T) => ({ value, confidence: 1, evidence: { start: 0, end: 5, text: 'hello' } });
const hours = (from: number, to: number) => ({
  start: new Date(Date.UTC(2026, 2, 2, from)),
  end: new Date(Date.UTC(2026, 2, 2, to)),
});
const find = (findings: Partial<Instructions>, expected: ExpectedFindings): WrongAct[] =>
  findWrongActs({ ...NOTHING, ...findings }, expected);

describe('findWrongActs', () => {
  it.each<[string, Partial<Instructions>, ExpectedFindings]>([
    ['an abstention', {}, { availability: [hours(14, 16)], accessCode: '4521', refused: true, safePlace: 'porch' }],
    ['a narrower time', { availability: [found(hours(15, 16))] }, { availability: [hours(14, 16)] }],
    ['a finding without a label', { refused: found(true as const) }, {}],
    ['a rescheduling without its time', { reschedule: found({ to: null }) }, { reschedule: { to: hours(14, 16) } }],
    [
      'a recipient without the unit',
      { recipient: found({ name: 'Theo', unit: null }) },
      { recipient: { name: 'theo', unit: '12' } },
    ],
  ])('does not list %s', (_what, findings, expected) => {
    expect(find(findings, expected)).toEqual([]);
  });

  it.each<[string, Partial<Instructions>, ExpectedFindings, WrongAct]>([
    ['a wider time', { availability: [found(hours(14, 18))] }, { availability: [hours(14, 16)] }, 'availability'],
    ['a misplaced time', { availability: [found(hours(8, 10))] }, { availability: [hours(14, 16)] }, 'availability'],
    ['an inverted time', { availability: [found(hours(12, 13))] }, { unavailable: [hours(12, 14)] }, 'availability'],
    ['an inverted absence', { unavailable: [found(hours(14, 15))] }, { availability: [hours(14, 16)] }, 'unavailable'],
    ['an excluded place', { safePlace: found('porch' as const) }, { safePlace: null }, 'safePlace'],
    [
      'another recipient',
      { recipient: found({ name: 'Ana', unit: null }) },
      { recipient: { name: 'Theo', unit: null } },
      'recipient',
    ],
    ['an incomplete code', { accessCode: found('452') }, { accessCode: '4521' }, 'accessCode'],
    ['an invented code', { accessCode: found('1200') }, { accessCode: null }, 'accessCode'],
    ['a rescheduling that was not requested', { reschedule: found({ to: null }) }, { reschedule: null }, 'reschedule'],
    ['another day', { reschedule: found({ to: hours(8, 10) }) }, { reschedule: { to: null } }, 'reschedule'],
    ['a false refusal', { refused: found(true as const) }, { refused: false }, 'refused'],
    ['a false opt-out', { optOut: found(true as const) }, { optOut: null }, 'optOut'],
  ])('lists %s', (_what, findings, expected, act) => {
    expect(find(findings, expected)).toEqual([act]);
  });
});
