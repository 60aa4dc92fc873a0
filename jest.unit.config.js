import base, { SPEC_FOLDERS } from './jest.config.js';
import { specsWithoutServers } from './libs/testing/jest/specs-without-servers.ts';

/** The specs that need no process but their own: `npm run test:unit`. What they import decides, not a list. */
export default {
  ...base,
  testMatch: specsWithoutServers(import.meta.dirname, SPEC_FOLDERS).map((spec) => `<rootDir>/${spec}`),
  // A spec that asks for a server all the same fails.
  globalSetup: undefined,
  globalTeardown: undefined,
};
