import type * as Sequencers from '@jest/test-sequencer';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative } from 'node:path';

// The package's types describe the exports that `require` returns, which differ from those of `import`.
const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer') as typeof Sequencers.default;

/** Seconds by path; written by `npm run test:durations`. */
const DURATIONS_FILE = new URL('./durations.json', import.meta.url);
/** Estimates a duration from the file size, for a spec that has no recorded duration. */
const BYTES_PER_SECOND = 2_000;

/**
 * Starts the slowest specs first, so that no worker runs a slow spec at the end while the others are idle. Jest's own
 * sequencer knows durations only from its local cache, which a fresh clone does not have.
 */
export default class SlowestFirst extends Sequencer {
  override sort(specs: Parameters<InstanceType<typeof Sequencer>['sort']>[0]): typeof specs {
    const recorded = JSON.parse(readFileSync(DURATIONS_FILE, 'utf8')) as Readonly<Record<string, number>>;
    const getSeconds = ({ path, context }: (typeof specs)[number]): number =>
      recorded[relative(context.config.rootDir, path)] ?? statSync(path).size / BYTES_PER_SECOND;
    const timed = specs.map((spec) => ({ spec, seconds: getSeconds(spec) }));
    return timed.sort((a, b) => b.seconds - a.seconds).map(({ spec }) => spec);
  }
}
