import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './libs/testing/vitest/slowest-first.ts';
import { swcSources } from './libs/testing/vitest/swc-sources.ts';

const ROOT = import.meta.dirname;
export const SPEC_FOLDERS = ['apps', 'libs', 'deploy', 'test', 'sdk'];

/** Vitest runs the TypeScript sources through SWC with the settings of the build (.swcrc), and packages natively. */
export default defineConfig({
  plugins: [swcSources()],
  resolve: { alias: [{ find: /^#(libs|deploy)\//, replacement: `${join(ROOT, '$1')}/` }] },
  test: {
    globals: true,
    experimental: { fsModuleCache: true },
    include: [`{${SPEC_FOLDERS.join(',')}}/**/*.spec.ts`],
    globalSetup: './libs/testing/servers/global-setup.ts',
    pool: 'forks',
    isolate: false,
    maxWorkers: 3,
    maxConcurrency: 3,
    testTimeout: 90_000,
    hookTimeout: 90_000,
    teardownTimeout: 30_000,
    sequence: { sequencer: SlowestFirst },
  },
});
