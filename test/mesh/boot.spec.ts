import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { APP_NAMES } from '#deploy/local/stack/index.js';

const run = promisify(execFile);
const EXIT_CONFIGURATION = 78;

/** Environment variables that each app requires. */
const REQUIRED_VARIABLES: Readonly<Record<string, readonly string[]>> = {
  gateway: ['JWT_SECRET', 'OPERATOR_API_KEY', 'REDIS_URL'],
  routing: ['REDIS_URL'],
  telephony: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'VOICE_CARRIER', 'OBJECT_STORE', 'PUBLIC_URL'],
  transcription: ['SPEECH_TO_TEXT', 'INSTRUCTION_ANALYST', 'OBJECT_STORE'],
  notifications: ['PUSH', 'VAPID_PRIVATE_KEY'],
  analytics: [],
};

async function boot(app: string, env: Record<string, string>): Promise<{ code: unknown; stderr: string }> {
  const script = join(process.cwd(), 'dist', 'apps', app, 'src', 'main.js');
  try {
    await run(process.execPath, [script], { env, timeout: 120_000 });
    return { code: 0, stderr: '' };
  } catch (error) {
    const { code, stderr } = error as { code: unknown; stderr: string };
    return { code, stderr };
  }
}

describe('an app with an invalid environment does not start', () => {
  it.each(APP_NAMES.filter((app) => app !== 'simulator'))(
    '%s: every missing variable is listed at once',
    async (app) => {
      const { code, stderr } = await boot(app, {});
      expect(code).toBe(EXIT_CONFIGURATION);
      for (const name of ['PORT', 'MONGODB_URI', 'NATS_URL', 'CUSTOMER_DATA_KEY', ...(REQUIRED_VARIABLES[app] ?? [])]) {
        expect(stderr).toContain(`${name} is required and not set`);
      }
    },
  );

  it('malformed values are reported by name, and never printed', async () => {
    const secret = 'too-short-secret';
    const { code, stderr } = await boot('gateway', {
      PORT: 'eighty',
      JWT_SECRET: secret,
      MONGODB_URI: 'postgres://u:p4ssw0rd@db',
    });
    expect(code).toBe(EXIT_CONFIGURATION);
    expect(stderr).toMatch(/PORT must be an integer/);
    expect(stderr).toMatch(/JWT_SECRET must be 32 to 500/);
    expect(stderr).toMatch(/MONGODB_URI must be a URL/);
    expect(stderr).not.toMatch(new RegExp(`${secret}|p4ssw0rd`));
  });
});
