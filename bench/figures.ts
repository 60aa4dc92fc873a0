/** Whether a value must not exceed its goal, or must reach it. */
export type Direction = 'at-most' | 'at-least';

/** One measured figure. `goal` and `met` are null for a figure that is reported without a goal. */
export interface Figure {
  readonly value: number | null;
  readonly goal: number | null;
  readonly met: boolean | null;
}

/** A figure without a goal. */
export const reported = (value: number | null): Figure => ({ value: roundFigure(value), goal: null, met: null });

/** A figure with a goal. A value that could not be measured does not meet it. */
export function judged(value: number | null, goal: number, direction: Direction): Figure {
  const met = value !== null && (direction === 'at-most' ? value <= goal : value >= goal);
  return { value: roundFigure(value), goal, met };
}

/**
 * The `q`-quantile (0 to 1) by the nearest-rank method: the smallest value that is not exceeded by at least that share
 * of all values.
 *
 * @returns Null for an empty list.
 */
export function percentile(values: readonly number[], q: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? null;
}

/**
 * Rounds to three significant digits, and to whole numbers from 100 on: more digits would suggest a precision that the
 * measurement does not have.
 */
export function roundFigure(value: number | null): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** The last line that every benchmark prints. */
export function jsonLine(bench: string, figures: Readonly<Record<string, Figure>>): string {
  return JSON.stringify({ bench, figures });
}

/** Formats columns as wide as their widest cell; all but the first are right-aligned. */
export function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, column) =>
        column === 0 ? (cells[column] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width),
      )
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Formats a number for people; `–` stands for a value that could not be measured. */
export function formatNumber(value: number | null, unit = ''): string {
  const number = roundFigure(value);
  if (number === null) return '–';
  return unit === '' ? String(number) : `${number} ${unit}`;
}

/** The result that a benchmark printed on its last line. */
export interface BenchResult {
  readonly bench: string;
  readonly figures: Readonly<Record<string, Figure>>;
}

/**
 * Finds the line that {@link jsonLine} wrote.
 *
 * @param output Everything that the benchmark wrote to its standard output.
 * @returns Undefined if no line is a benchmark's result.
 */
export function readResult(output: string): BenchResult | undefined {
  for (const line of output.split('\n').reverse()) {
    if (!line.startsWith('{"bench":')) continue;
    try {
      return JSON.parse(line) as BenchResult;
    } catch {
      // A truncated line is not a result.
    }
  }
  return undefined;
}

/**
 * Checks that a benchmark measured what it promises.
 *
 * @param promised Names of figures that must be present. Every figure that is present must also be a finite number.
 * @param unmeasured Figures that may be null.
 * @returns One line for each figure that is missing or not a finite number.
 */
export function findFlaws(
  { figures }: BenchResult,
  promised: readonly string[],
  unmeasured: readonly string[] = [],
): string[] {
  const isMissing = (name: string): boolean => !(name in figures) || unmeasured.includes(name);
  const missing = promised.filter(isMissing).map((name) => `${name} is missing`);
  const unknown = Object.entries(figures)
    .filter(([name, { value }]) => !Number.isFinite(value) && !unmeasured.includes(name))
    .map(([name]) => `${name} is not a number`);
  return [...missing, ...unknown];
}
