import type * as Sequencers from '@jest/test-sequencer';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative } from 'node:path';

// The package's types describe what `require` gives, which is not what `import` gives.
const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer') as typeof Sequencers.default;

/** Seconds by path; written by `npm run test:durations`. */
const RECORDED = new URL('./durations.json', import.meta.url);
/** A spec without a record counts as long by its size. */
const BYTES_PER_SECOND = 2_000;

/**
 * Starts the longest specs first, so that no worker is left with a long one while the others have nothing to do. Jest does so
 * by itself only where it has run before; a fresh clone knows no durations but these.
 */
export default class LongestFirst extends Sequencer {
  override sort(specs: Parameters<InstanceType<typeof Sequencer>['sort']>[0]): typeof specs {
    const recorded = JSON.parse(readFileSync(RECORDED, 'utf8')) as Readonly<Record<string, number>>;
    const secondsOf = ({ path, context }: (typeof specs)[number]): number =>
      recorded[relative(context.config.rootDir, path)] ?? statSync(path).size / BYTES_PER_SECOND;
    const timed = specs.map((spec) => ({ spec, seconds: secondsOf(spec) }));
    return timed.sort((a, b) => b.seconds - a.seconds).map(({ spec }) => spec);
  }
}
