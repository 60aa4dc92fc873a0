export const SPEC_FOLDERS = ['apps', 'libs', 'deploy', 'test', 'sdk'];

/** Jest runs the TypeScript sources as ES modules through SWC, with the same settings as the build (.swcrc). */
export default {
  testEnvironment: 'node',
  testMatch: [`<rootDir>/{${SPEC_FOLDERS.join(',')}}/**/*.spec.ts`],
  // Jest lists every file below these before it begins: not those of packages and builds.
  roots: [...SPEC_FOLDERS, 'bench'].map((folder) => `<rootDir>/${folder}`),
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: {
    '^#libs/(.*)\\.js$': '<rootDir>/libs/$1.ts',
    '^#deploy/(.*)\\.js$': '<rootDir>/deploy/$1.ts',
    // Our sources name their output, `.js`; a data module of a package (`….json.js`) means what it says.
    '^(\\.{1,2}/(?!.*\\.json\\.js$).*)\\.js$': '$1',
  },
  // Real servers, started when the first test asks for one and gone with Jest.
  globalSetup: '<rootDir>/libs/testing/servers/jest-global-setup.ts',
  globalTeardown: '<rootDir>/libs/testing/servers/jest-global-teardown.ts',
  // Tests talk to real servers; the slowest of them start one, on machines that may be busy with other suites.
  testTimeout: 90_000,
  testSequencer: '<rootDir>/libs/testing/jest/longest-first.ts',
  // One more than cores: most specs wait for a server some of the time.
  maxWorkers: 3,
  // Jest keeps the modules of every spec that a worker has run: without an end, collecting garbage takes more time than tests.
  workerIdleMemoryLimit: '1GB',
  // Of tests in one file that wait at the same time: more would only wait for the processor.
  maxConcurrency: 3,
};
