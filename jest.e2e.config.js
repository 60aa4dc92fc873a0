import base from './jest.config.js';

/** The suites that prove the front door as a whole: one start of the whole product each, by `npm run test:api` and so on. */
export default {
  ...base,
  testMatch: ['<rootDir>/test/{api,security,conformance}/**/*.e2e-spec.ts'],
  // Their servers belong to the stack they start.
  globalSetup: undefined,
  globalTeardown: undefined,
  testTimeout: 120_000,
  maxWorkers: 1,
};
