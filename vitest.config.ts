import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './libs/testing/vitest/slowest-first.ts';
import { swcSources } from './libs/testing/vitest/swc-sources.ts';

export const SPEC_FOLDERS = ['apps', 'libs', 'deploy', 'test', 'sdk'];

/** Vitest compiles our sources with SWC and loads packages as Node does, once for all specs of a worker (ADR 24). */
export default defineConfig({
  plugins: [swcSources()],
  resolve: { alias: [{ find: /^#(libs|deploy)\//, replacement: `${join(import.meta.dirname, '$1')}/` }] },
  test: {
    globals: true,
    include: [`{${SPEC_FOLDERS.join(',')}}/**/*.spec.ts`],
    // Real servers, started when the first test asks for one and stopped with Vitest.
    globalSetup: './libs/testing/servers/global-setup.ts',
    setupFiles: './libs/testing/servers/release-after-file.ts',
    pool: 'forks',
    isolate: false,
    // One more than cores: most specs wait for a server some of the time.
    maxWorkers: 3,
    // Tests of one file that wait at the same time: more would only wait for the processor.
    maxConcurrency: 3,
    // Ends a hang only: a busy machine may need minutes for what takes seconds on a quiet one. Waits in tests end after two minutes.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    env: { ORT_DISABLE_TELEMETRY: '1' },
    fsModuleCache: true,
    sequence: { sequencer: SlowestFirst },
  },
});
