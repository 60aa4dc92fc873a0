import { readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Seconds by path; written by `npm run test:durations`. */
const DURATIONS_FILE = new URL('./durations.json', import.meta.url);
/** Estimates a duration from the file size, for a spec that has no recorded duration. */
const BYTES_PER_SECOND = 2_000;

/**
 * Starts the slowest specs first, so that no worker runs a slow spec at the end while the others are idle. Vitest's own
 * sequencer knows durations only from its local cache, which a fresh clone does not have.
 */
export class SlowestFirst extends BaseSequencer {
  override sort(specs: TestSpecification[]): Promise<TestSpecification[]> {
    const recorded = JSON.parse(readFileSync(DURATIONS_FILE, 'utf8')) as Readonly<Record<string, number>>;
    const getSeconds = ({ moduleId, project }: TestSpecification): number =>
      recorded[relative(project.config.root, moduleId)] ?? statSync(moduleId).size / BYTES_PER_SECOND;
    const timed = specs.map((spec) => ({ spec, seconds: getSeconds(spec) }));
    return Promise.resolve(timed.sort((a, b) => b.seconds - a.seconds).map(({ spec }) => spec));
  }
}
