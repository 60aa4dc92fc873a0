import { defineConfig } from 'vitest/config';
import { findSpecsWithoutServers } from './libs/testing/vitest/specs-without-servers.ts';
import base, { SPEC_FOLDERS } from './vitest.config.ts';

/** The specs that start no other process: `npm run test:unit`. They are found by their imports, not listed. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: findSpecsWithoutServers(import.meta.dirname, SPEC_FOLDERS),
    // A spec that requests a server nevertheless fails.
    globalSetup: [],
    setupFiles: [],
  },
});
