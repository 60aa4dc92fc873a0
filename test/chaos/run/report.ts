import { styleText } from 'node:util';
import { PERSONAS } from '../personas/personas.js';
import type { RunResult } from './run-once.js';
import type { Damage, Violation } from '../rules/violation.js';

/** The maximum number of violations of a rule that are printed in full. */
const MAX_PRINTED = 40;
const MAX_TIMELINES = 12;

type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

export const createPaint =
  (isTerminal: boolean): Paint =>
  (style, text) =>
    isTerminal ? styleText(style, text) : text;

export interface Figures {
  readonly lost: number;
  readonly doubled: number;
  readonly unlawful: number;
  readonly disordered: number;
}

export const toFigures = (violations: readonly Violation[]): Figures => {
  const count = (damage: Damage): number => violations.filter((one) => one.damage === damage).length;
  const [lost, doubled, unlawful, disordered] = (['lost', 'doubled', 'unlawful', 'disordered'] as const).map(count);
  return { lost: lost ?? 0, doubled: doubled ?? 0, unlawful: unlawful ?? 0, disordered: disordered ?? 0 };
};

export const allViolations = ({ judgements }: RunResult): Violation[] =>
  judgements.flatMap(({ violations }) => violations);

/** The report of one run: faults, violations, rules, personas. */
export function runReport(result: RunResult, paint: Paint): string {
  const { judgements, faults, timelines, evidence, settled, problems, seconds, seed } = result;
  const lines: string[] = [
    '',
    paint('bold', `Seed ${seed}: ${evidence.deliveries.length} deliveries in ${seconds} s`),
    '',
  ];
  if (faults.length > 0) {
    lines.push(
      'Faults',
      ...faults.map(({ atMs, text }) => `  ${(atMs / 1_000).toFixed(1).padStart(7)} s  ${text}`),
      '',
    );
  }
  if (problems.size > 0) {
    const counted = [...problems].map(([problem, times]) => `${problem} ${times} times`);
    lines.push(`Posts that were retried: ${counted.join(', ')}`, '');
  }
  if (!settled) lines.push(paint('yellow', 'Work was left when the settle time ended.'), '');
  for (const { rule, violations } of judgements) {
    if (violations.length === 0) continue;
    lines.push(paint('red', `Rule ${rule.number}, ${rule.title}`));
    for (const one of violations.slice(0, MAX_PRINTED)) lines.push(`  ${formatViolation(one)}`);
    if (violations.length > MAX_PRINTED) lines.push(`  and ${violations.length - MAX_PRINTED} more`);
    lines.push('');
  }
  for (const [reference, timeline] of [...timelines].slice(0, MAX_TIMELINES)) {
    lines.push(`Timeline of ${reference}`, ...timeline.map((line) => `  ${line}`), '');
  }
  return [...lines, personaTable(result), '', ruleTable(result, paint), ''].join('\n');
}

const formatViolation = ({ damage, reference, persona, sentence }: Violation): string =>
  `${damage.padEnd(8)} ${reference === undefined ? '' : `${reference} (${persona ?? ''}): `}${sentence}`;

function ruleTable({ judgements }: RunResult, paint: Paint): string {
  const rows = judgements.map(({ rule, violations }) => {
    const text = formatFigures(toFigures(violations));
    return [String(rule.number), rule.title, paint(violations.length === 0 ? 'green' : 'red', text)];
  });
  return formatColumns(rows, [4, 68, 48]);
}

/** Formats "0 lost, 0 doubled, 0 unlawful", followed by the number out of order if there is any. */
export const formatFigures = ({ lost, doubled, unlawful, disordered }: Figures): string =>
  `${lost} lost, ${doubled} doubled, ${unlawful} unlawful${disordered === 0 ? '' : `, ${disordered} out of order`}`;

/** For each persona the number of deliveries, those whose customer communicated facts, and the violations. */
function personaTable(result: RunResult): string {
  const violations = allViolations(result);
  const rows = PERSONAS.map(({ name, description }) => {
    const personaDeliveries = result.evidence.deliveries.filter(({ plan }) => plan.persona.name === name);
    const withFacts = personaDeliveries.filter(({ given }) => given.length > 0).length;
    const calls = personaDeliveries.reduce((sum, { calls: some }) => sum + some.length, 0);
    const violationCount = violations.filter(({ persona }) => persona === name).length;
    return [
      name,
      String(personaDeliveries.length),
      String(calls),
      String(withFacts),
      violationCount === 0 ? '' : String(violationCount),
      description,
    ];
  }).filter(([, count]) => count !== '0');
  return formatColumns([['persona', 'n', 'calls', 'gave', 'wrong', 'who'], ...rows], [26, 4, 6, 5, 6, 66]);
}

const formatColumns = (rows: readonly (readonly string[])[], widths: readonly number[]): string =>
  rows
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 10))
        .join(' ')
        .trimEnd(),
    )
    .join('\n');

/** One line per seed, and their sum. */
export function summaryTable(results: readonly RunResult[]): string {
  const rows = results.map((result) => {
    const { lost, doubled, unlawful, disordered } = toFigures(allViolations(result));
    const counts = [lost, doubled, unlawful, disordered].map(String);
    return [String(result.seed), `${result.seconds} s`, String(result.faults.length), ...counts];
  });
  return formatColumns(
    [['seed', 'time', 'faults', 'lost', 'doubled', 'unlawful', 'out of order'], ...rows],
    [6, 8, 8, 8, 9, 9, 12],
  );
}

/** The last line: all figures as JSON. */
export function jsonLine(results: readonly RunResult[], options: object): string {
  const perRule = (result: RunResult) =>
    Object.fromEntries(result.judgements.map(({ rule, violations }) => [rule.number, toFigures(violations)]));
  return JSON.stringify({
    ...toFigures(results.flatMap(allViolations)),
    runs: results.map((result) => ({
      seed: result.seed,
      seconds: result.seconds,
      settled: result.settled,
      deliveries: result.evidence.deliveries.length,
      calls: result.evidence.ledger.calls.length,
      webhooks: result.evidence.webhooks.length,
      messages: result.evidence.agents.reduce((sum, { messages }) => sum + messages.length, 0),
      faults: result.faults.filter(({ text }) => /^(kill|SIGSTOP)/.test(text)).length,
      rules: perRule(result),
    })),
    options,
  });
}
