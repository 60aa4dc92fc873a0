import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

const DURATIONS_FILE = new URL('./durations.json', import.meta.url);

/** A Vitest reporter that writes the duration of each spec in seconds, for `slowest-first.ts`. */
export default class RecordDurations implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const seconds = modules.map((module): [string, number] => {
      const { duration, collectDuration, setupDuration } = module.diagnostic();
      return [
        relative(module.project.config.root, module.moduleId),
        Math.ceil((duration + collectDuration + setupDuration) / 1_000),
      ];
    });
    const sorted = seconds.sort(([a], [b]) => (a < b ? -1 : 1));
    writeFileSync(DURATIONS_FILE, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
  }
}
