import { FlagField, IntegerField, TextField } from '#libs/contracts/fields/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { AppConfig, ConfigurationError, loadConfig } from './index.js';

class ExampleConfig extends AppConfig {
  @TextField({ min: 32 }) JWT_SECRET!: string;
  @IntegerField({ optional: true, min: 1 }) LIMIT?: number;
  @FlagField({ optional: true }) VERBOSE?: boolean;
}

const environment = {
  PORT: '8080',
  MONGODB_URI: 'mongodb://localhost/delauto',
  CUSTOMER_DATA_KEY: TEST_DATA_KEY,
  NATS_URL: 'nats://localhost:4222',
  JWT_SECRET: 'x'.repeat(32),
};

function findProblems(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(ExampleConfig, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('loadConfig', () => {
  it('converts text to the types of the fields and ignores other variables', () => {
    const config = loadConfig(ExampleConfig, { ...environment, LIMIT: '5', VERBOSE: 'true', HOME: '/home/x' });
    expect(config).toMatchObject({ PORT: 8080, LIMIT: 5, VERBOSE: true });
    expect('HOME' in config).toBe(false);
  });

  it('lists all problems, missing variables first, without any value', () => {
    const problems = findProblems({
      PORT: 'eighty',
      NATS_URL: '',
      MONGODB_URI: 'postgres://user:hunter2@db',
      CUSTOMER_DATA_KEY: TEST_DATA_KEY,
      JWT_SECRET: 'short',
    });
    expect(problems[0]).toBe('NATS_URL is required and not set');
    expect(problems).toContain('PORT must be an integer number');
    expect(problems).toContain('MONGODB_URI must be a URL starting with mongodb:// or mongodb+srv://');
    expect(problems).toContain('JWT_SECRET must be 32 to 500 characters long');
    expect(problems.join('\n')).not.toMatch(/hunter2|short|eighty/);
  });
});
