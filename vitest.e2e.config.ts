import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The suites that prove the front door as a whole: one start of the whole product each, by `npm run test:api` and so on. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['test/{api,security,conformance}/**/*.e2e-spec.ts'],
    // Their servers belong to the stack they start.
    globalSetup: [],
    setupFiles: [],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
});
