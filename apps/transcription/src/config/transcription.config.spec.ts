import { ConfigurationError, loadConfig } from '#libs/platform/config/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { requireVariable, TranscriptionConfig } from './transcription.config.js';

const environment = {
  PORT: '0',
  MONGODB_URI: 'mongodb://localhost/delauto',
  CUSTOMER_DATA_KEY: TEST_DATA_KEY,
  NATS_URL: 'nats://localhost:4222',
  REDIS_URL: 'redis://localhost:6379',
  SPEECH_TO_TEXT: 'moonshine',
  SPEECH_MODEL_DIR: '/models/moonshine',
  INSTRUCTION_ANALYST: 'local',
  OBJECT_STORE: 's3',
  S3_ENDPOINT: 'http://localhost:8333',
  S3_REGION: 'us-east-1',
  S3_BUCKET: 'delauto',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'secret',
  RECORDINGS_KEY: Buffer.alloc(32).toString('base64'),
};

describe('TranscriptionConfig', () => {
  it('processes one recording at a time by default', () => {
    expect(loadConfig(TranscriptionConfig, environment).TRANSCRIPTION_CONCURRENCY).toBe(1);
  });

  it('has no default adapters', () => {
    const {
      SPEECH_TO_TEXT: _speech,
      INSTRUCTION_ANALYST: _analyst,
      OBJECT_STORE: _store,
      ...withoutAdapters
    } = environment;
    expect(() => loadConfig(TranscriptionConfig, withoutAdapters)).toThrow(
      /OBJECT_STORE is required[^]*SPEECH_TO_TEXT is required[^]*INSTRUCTION_ANALYST is required/,
    );
  });

  it('names a missing variable and the adapter that requires it', () => {
    const config = loadConfig(TranscriptionConfig, environment);
    const readVariable = (): string => requireVariable(config, 'REPLAY_TRANSCRIPTS_DIR', 'SPEECH_TO_TEXT=replay');
    expect(readVariable).toThrow(ConfigurationError);
    expect(readVariable).toThrow('REPLAY_TRANSCRIPTS_DIR is required with SPEECH_TO_TEXT=replay');
    expect(requireVariable(config, 'SPEECH_MODEL_DIR', 'SPEECH_TO_TEXT=moonshine')).toBe('/models/moonshine');
  });

  it('accepts a list of adapters and rejects unknown ones', () => {
    const load = (names: string) => loadConfig(TranscriptionConfig, { ...environment, SPEECH_TO_TEXT: names });
    expect(load('openai,moonshine').SPEECH_TO_TEXT).toBe('openai,moonshine');
    for (const invalidList of ['whisper', 'openai,', 'openai moonshine', 'openai, moonshine']) {
      expect(() => load(invalidList)).toThrow(/SPEECH_TO_TEXT must be one or more of openai, moonshine, replay/);
    }
  });

  it('accepts only a recordings key of 32 bytes', () => {
    for (const key of ['', 'short', Buffer.alloc(31).toString('base64')]) {
      expect(() => loadConfig(TranscriptionConfig, { ...environment, RECORDINGS_KEY: key })).toThrow(/RECORDINGS_KEY/);
    }
  });
});
