import { table } from '#deploy/demo/table.js';
import type { Ownership } from './expectations.js';

/** Counts requests by credential and status, for a readable table. */
export class Tally {
  private readonly counts = new Map<string, Map<string, number>>();
  private readonly statuses = new Set<number>();
  total = 0;

  /** @param credentialName The credential as the table names it: `admin`, `keys with another scope`. */
  add(credentialName: string, ownership: Ownership, status: number): void {
    const row = `${credentialName}, ${ownership}`;
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
    return table(['Credential, organization', ...statuses], rows, [44, ...statuses.map(() => 6)]);
  }
}
