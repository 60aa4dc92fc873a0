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
