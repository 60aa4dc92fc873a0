import base from './jest.config.js';

/**
 * Every path of the voice flow through a simulated carrier, random walks of its state machine, and shuffled reports of calls. The
 * other specs of telephony belong to `npm test`.
 */
export default {
  ...base,
  testMatch: [
    '<rootDir>/test/telephony/**/*.e2e-spec.ts',
    '<rootDir>/libs/domain/{voice-flow,call-lifecycle,calling-rules}/**/*.spec.ts',
  ],
};
