import e2e from './jest.e2e.config.js';

/** Clients generated from the document of a running gateway; the first run fetches generators and compilers into the cache. */
export default {
  ...e2e,
  testMatch: ['<rootDir>/test/generators/**/*.e2e-spec.ts'],
  testTimeout: 1_200_000,
};
