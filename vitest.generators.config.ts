import { defineConfig } from 'vitest/config';
import e2e from './vitest.e2e.config.ts';

/** Clients generated from the document of a running gateway; the first run fetches generators and compilers into the cache. */
export default defineConfig({
  ...e2e,
  test: { ...e2e.test, include: ['test/generators/**/*.e2e-spec.ts'], testTimeout: 1_200_000, hookTimeout: 1_200_000 },
});
