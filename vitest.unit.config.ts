import { defineConfig } from 'vitest/config';
import { findSpecsWithoutServers } from './libs/testing/vitest/specs-without-servers.ts';
import base, { SPEC_FOLDERS } from './vitest.config.ts';

/** The specs that need no process but their own: `npm run test:unit`. What they import decides, not a list. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: findSpecsWithoutServers(import.meta.dirname, SPEC_FOLDERS),
    // A spec that asks for a server all the same fails.
    globalSetup: [],
    setupFiles: [],
  },
});
