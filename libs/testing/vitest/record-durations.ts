import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

interface SpecResult {
  readonly testFilePath: string;
  readonly perfStats: { readonly start: number; readonly end: number };
}

const DURATIONS_FILE = new URL('./durations.json', import.meta.url);

/** A Jest reporter that writes the duration of each spec in seconds, for `longest-first.ts`. */
export default class RecordDurations {
  private readonly config: { readonly rootDir: string };

  // Jest loads this file with Node's type stripping, which does not support parameter properties.
  constructor(config: { readonly rootDir: string }) {
    this.config = config;
  }

  onRunComplete(_contexts: unknown, { testResults }: { readonly testResults: readonly SpecResult[] }): void {
    const seconds = testResults.map(({ testFilePath, perfStats }): [string, number] => [
      relative(this.config.rootDir, testFilePath),
      Math.ceil((perfStats.end - perfStats.start) / 1_000),
    ]);
    const sorted = seconds.sort(([a], [b]) => (a < b ? -1 : 1));
    writeFileSync(DURATIONS_FILE, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
  }
}
