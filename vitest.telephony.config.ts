import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/**
 * Every path of the voice flow through a simulated carrier, random walks of its state machine, and shuffled reports of calls. The
 * other specs of telephony belong to `npm test`.
 */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['test/telephony/**/*.e2e-spec.ts', 'libs/domain/{voice-flow,call-lifecycle,calling-rules}/**/*.spec.ts'],
  },
});
