import { formatNumber, formatTable, judged, reported, type Figure } from '../figures.js';
import { JUDGED_FIELDS, type JudgedField } from './judge-analysis.js';
import { toF1, toPrecision, toRecall, toScore, toWrongActShare, type JudgedUtterance } from './score-analysis.js';

const GOAL_F1 = 0.9;
const GOAL_WRONG_ACTS = 0.02;
const FIELDS_WITH_GOAL: ReadonlySet<JudgedField> = new Set([
  'availability',
  'safePlace',
  'accessCode',
  'reschedule',
  'optOut',
]);
const LANGUAGES = { en: 'English', es: 'Spanish' } as const;
const HEADINGS = ['field', 'precision', 'recall', 'F1', 'right', 'wrong', 'missed', 'abstained'];

/**
 * Formats the tables of one set, over all utterances and for each language, and every miss and wrong act.
 * @param isSummary omits misses and wrong acts, for a set whose utterances must not be read
 */
export function formatReport(set: string, utterances: readonly JudgedUtterance[], isSummary: boolean): string {
  const languages = listLanguages(utterances);
  const tables = [
    formatScores(`${set}: ${utterances.length} utterances`, utterances),
    ...(languages.length < 2
      ? []
      : languages.map(({ name, spoken }) => formatScores(`${name}: ${spoken.length} utterances`, spoken))),
  ];
  const misses = isSummary ? [] : utterances.flatMap(formatMisses);
  return [...tables, ...(misses.length === 0 ? [] : [`Misses\n${misses.join('\n')}`])].join('\n\n');
}

/**
 * Returns the figures of one set; those of each language carry `en.` or `es.` before their name. A figure of a language
 * that has no value is omitted: half of a small set may expect nothing in a field.
 */
export function toFigures(utterances: readonly JudgedUtterance[]): Record<string, Figure> {
  const byLanguage = listLanguages(utterances).flatMap(({ code, spoken }) =>
    listFigures(spoken)
      .filter(([, { value }]) => value !== null)
      .map(([name, figure]): [string, Figure] => [`${code}.${name}`, figure]),
  );
  return Object.fromEntries([...listFigures(utterances), ...byLanguage]);
}

function listLanguages(utterances: readonly JudgedUtterance[]) {
  return (['en', 'es'] as const).flatMap((code) => {
    const spoken = utterances.filter(({ utterance }) => utterance.locale.startsWith(code));
    return spoken.length === 0 ? [] : [{ code, name: LANGUAGES[code], spoken }];
  });
}

function listFigures(utterances: readonly JudgedUtterance[]): [string, Figure][] {
  const fields = JUDGED_FIELDS.flatMap((field): [string, Figure][] => {
    const score = toScore(utterances, field);
    if (score === undefined) return [];
    const f1 = toF1(score);
    return [
      [`${field}.precision`, reported(toPrecision(score))],
      [`${field}.recall`, reported(toRecall(score))],
      [`${field}.f1`, FIELDS_WITH_GOAL.has(field) ? judged(f1, GOAL_F1, 'at-least') : reported(f1)],
      [`${field}.abstentions`, reported(score.abstained)],
    ];
  });
  return [...fields, ['wrongActs', judged(toWrongActShare(utterances), GOAL_WRONG_ACTS, 'at-most')]];
}

function formatScores(title: string, utterances: readonly JudgedUtterance[]): string {
  const rows = JUDGED_FIELDS.flatMap((field) => {
    const score = toScore(utterances, field);
    if (score === undefined) return [];
    const ratios = [toPrecision(score), toRecall(score), toF1(score)].map((value) => formatNumber(value));
    return [[field, ...ratios, ...[score.right, score.wrong, score.missed, score.abstained].map(String)]];
  });
  const wrongActs = utterances.filter((one) => one.wrongActs.length > 0).length;
  const share = formatNumber((toWrongActShare(utterances) ?? 0) * 100, '%');
  return `${title}\n${formatTable(HEADINGS, rows)}\nWrong acts: ${wrongActs} of ${utterances.length} utterances (${share})`;
}

function formatMisses({ utterance: { id, text }, verdicts, wrongActs }: JudgedUtterance): string[] {
  return verdicts
    .filter(({ wrong, missed }) => wrong + missed > 0)
    .map(({ field, expected, found }) => {
      const mark = (wrongActs as readonly string[]).includes(field) ? ' WRONG ACT' : '';
      return `  ${id} ${field}${mark}: expected ${formatValues(expected)}, found ${formatValues(found)}\n    “${text}”`;
    });
}

const formatValues = (values: readonly string[]): string => (values.length === 0 ? 'nothing' : values.join(' and '));
