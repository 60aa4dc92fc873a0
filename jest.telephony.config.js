import base from './jest.config.js';

/** Telephony as a whole: the specs of its parts, and every path of the voice flow through a simulated carrier. */
export default {
  ...base,
  testMatch: [
    '<rootDir>/test/telephony/**/*.{spec,e2e-spec}.ts',
    '<rootDir>/libs/domain/{voice-flow,call-lifecycle,calling-rules}/**/*.spec.ts',
    '<rootDir>/libs/adapters/voice-carrier/**/*.spec.ts',
    '<rootDir>/apps/{telephony,simulator}/**/*.spec.ts',
  ],
};
