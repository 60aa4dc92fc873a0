import type { LabeledUtterance } from './analysis-set.js';
import type { WrongAct } from './find-wrong-acts.js';
import type { FieldVerdict, JudgedField } from './judge-analysis.js';

/** One evaluated utterance. */
export interface JudgedUtterance {
  readonly utterance: LabeledUtterance;
  readonly verdicts: readonly FieldVerdict[];
  readonly wrongActs: readonly WrongAct[];
}

/** Findings of one field over many utterances. */
export interface Score {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
  readonly abstained: number;
}

/** @returns undefined if no utterance has a label for the field */
export function toScore(utterances: readonly JudgedUtterance[], field: JudgedField): Score | undefined {
  const verdicts = utterances.flatMap((one) => one.verdicts.filter((verdict) => verdict.field === field));
  if (verdicts.length === 0) return undefined;
  const sum = (count: (verdict: FieldVerdict) => number): number =>
    verdicts.reduce((total, one) => total + count(one), 0);
  return {
    right: sum(({ right }) => right),
    wrong: sum(({ wrong }) => wrong),
    missed: sum(({ missed }) => missed),
    abstained: sum(({ abstained }) => Number(abstained)),
  };
}

export const toPrecision = ({ right, wrong }: Score): number | null => divide(right, right + wrong);
export const toRecall = ({ right, missed }: Score): number | null => divide(right, right + missed);
/** The harmonic mean of precision and recall; null when nothing was expected and nothing was found. */
export const toF1 = ({ right, wrong, missed }: Score): number | null => divide(2 * right, 2 * right + wrong + missed);

/** The share of utterances in which something false would be acted on, 0 to 1; null without utterances. */
export const toWrongActShare = (utterances: readonly JudgedUtterance[]): number | null =>
  divide(utterances.filter(({ wrongActs }) => wrongActs.length > 0).length, utterances.length);

const divide = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
