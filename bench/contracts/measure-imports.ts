import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { percentile } from '../figures.js';

const run = promisify(execFile);

export interface ImportCost {
  /** CPU time, which other work on the machine affects less than wall-clock time. */
  readonly cpuMs: number;
  /** Growth of the resident memory, in 10⁶ bytes. */
  readonly megabytes: number;
}

/**
 * Imports a module in a fresh process in each round and returns the medians.
 *
 * @param url A file URL.
 */
export async function measureImport(url: string, rounds: number): Promise<ImportCost> {
  const script = `
    const memory = process.memoryUsage.rss();
    const cpu = process.cpuUsage();
    await import(${JSON.stringify(url)});
    const { user, system } = process.cpuUsage(cpu);
    console.log(JSON.stringify({ cpuMs: (user + system) / 1e3, megabytes: (process.memoryUsage.rss() - memory) / 1e6 }));
  `;
  const costs: ImportCost[] = [];
  for (let round = 0; round < rounds; round++) {
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);
    costs.push(JSON.parse(stdout) as ImportCost);
  }
  return {
    cpuMs:
      percentile(
        costs.map(({ cpuMs }) => cpuMs),
        0.5,
      ) ?? NaN,
    megabytes:
      percentile(
        costs.map(({ megabytes }) => megabytes),
        0.5,
      ) ?? NaN,
  };
}
