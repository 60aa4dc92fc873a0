import { ConfigurationError, loadConfig } from '#libs/platform/config/index.js';

import { SimulatorConfig, SimulatorEnvironment } from './simulator.config.js';

const environment = {
  PORT: '4010',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'a-token-of-the-spec',
  SIMULATOR_LEDGER_FILE: 'ledger.jsonl',
  SIMULATOR_GATHER: 'word-errors:0.1',
};
const createConfig = (overrides: NodeJS.ProcessEnv): SimulatorConfig =>
  new SimulatorConfig(loadConfig(SimulatorEnvironment, { ...environment, ...overrides }));
const listProblems = (overrides: NodeJS.ProcessEnv): readonly string[] => {
  try {
    createConfig(overrides);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
};

describe('the simulator’s configuration', () => {
  it('is read from the environment', () => {
    const config = createConfig({
      SIMULATOR_PUBLIC_URL: 'http://sim.example/',
      SIMULATOR_FAULTS: '{"duplicateCallbacks":0.2}',
    });
    expect(config).toMatchObject({
      timeScale: 1,
      gather: { kind: 'word-errors', rate: 0.1 },
      publicUrl: 'http://sim.example',
    });
    expect(config.faults).toMatchObject({ duplicateCallbacks: 0.2, createTimeout: 0 });
  });

  it('is rejected with all problems at once', () => {
    expect(
      listProblems({ SIMULATOR_GATHER: 'recogniser', SIMULATOR_FAULTS: '{"gremlins":1,"createTimeout":7}' }),
    ).toEqual([
      'SPEECH_MODEL_DIR is required with SIMULATOR_GATHER=recogniser',
      expect.stringContaining('gremlins'),
      expect.stringContaining('createTimeout'),
    ]);
    expect(listProblems({ TWILIO_ACCOUNT_SID: 'x', SIMULATOR_GATHER: 'magic', PORT: '' })).toHaveLength(3);
  });
});
