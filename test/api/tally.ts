import { table } from '#deploy/demo/table.js';
import type { Whose } from './judge.js';

/** Counts what was asked and how it was answered, for a table one can read. */
export class Tally {
  private readonly counts = new Map<string, Map<string, number>>();
  private readonly statuses = new Set<number>();
  total = 0;

  /** @param knocks who asked, in words of the table: `admin`, `keys with another scope` */
  add(knocks: string, whose: Whose, status: number): void {
    const row = `${knocks}, ${whose}`;
    const counts = this.counts.get(row) ?? new Map<string, number>();
    counts.set(String(status), (counts.get(String(status)) ?? 0) + 1);
    this.counts.set(row, counts);
    this.statuses.add(status);
    this.total += 1;
  }

  print(): string {
    const statuses = [...this.statuses].sort((a, b) => a - b).map(String);
    const rows = [...this.counts].map(([row, counts]) => [
      row,
      ...statuses.map((status) => String(counts.get(status) ?? '')),
    ]);
    return table(['Who asks, about whose', ...statuses], rows, [44, ...statuses.map(() => 6)]);
  }
}
