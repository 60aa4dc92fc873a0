/** Which side of the goal is good. */
export type Direction = 'at-most' | 'at-least';

/** One measured figure. `goal` and `met` are null where a figure is only told, not judged. */
export interface Figure {
  readonly value: number | null;
  readonly goal: number | null;
  readonly met: boolean | null;
}

/** A figure without a goal. */
export const told = (value: number | null): Figure => ({ value: rounded(value), goal: null, met: null });

/** A figure beside its goal. What could not be measured has not met it. */
export function judged(value: number | null, goal: number, direction: Direction): Figure {
  const met = value !== null && (direction === 'at-most' ? value <= goal : value >= goal);
  return { value: rounded(value), goal, met };
}

/**
 * The `q`-quantile (0 to 1) by the nearest-rank method: the smallest value that at least that share of all values do not
 * exceed. Null of nothing.
 */
export function percentile(values: readonly number[], q: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? null;
}

/** Three significant digits at least, whole numbers from 100 on: more would pretend to an exactness that is not there. */
export function rounded(value: number | null): number | null {
  if (value === null || !Number.isFinite(value)) return null;
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** The last line of every bench. */
export function jsonLine(bench: string, figures: Readonly<Record<string, Figure>>): string {
  return JSON.stringify({ bench, figures });
}

/** Columns as wide as their widest cell; all but the first are aligned to the right. */
export function columns(headings: readonly string[], rows: readonly (readonly string[])[]): string {
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

/** A number for people; `–` for what could not be measured. */
export function shown(value: number | null, unit = ''): string {
  const number = rounded(value);
  if (number === null) return '–';
  return unit === '' ? String(number) : `${number} ${unit}`;
}

/** What a bench printed on its last line. */
export interface BenchResult {
  readonly bench: string;
  readonly figures: Readonly<Record<string, Figure>>;
}

/**
 * Finds the line that {@link jsonLine} wrote.
 * @param output everything the bench wrote to its standard output
 * @returns undefined when no line is a bench's result
 */
export function readResult(output: string): BenchResult | undefined {
  for (const line of output.split('\n').reverse()) {
    if (!line.startsWith('{"bench":')) continue;
    try {
      return JSON.parse(line) as BenchResult;
    } catch {
      // A line that was cut off is no result.
    }
  }
  return undefined;
}

/**
 * Judges whether a bench measured what it is there for.
 * @param promised names of figures that must be present; every figure that is present must be a finite number as well
 * @param unmeasured figures that may be null
 * @returns one line for each figure that is missing or not a finite number
 */
export function flawsOf(
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
