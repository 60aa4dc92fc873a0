import { join } from 'node:path';
import type { LocalSecrets } from './secrets.js';

export const APP_NAMES = [
  'gateway',
  'routing',
  'telephony',
  'transcription',
  'notifications',
  'analytics',
  'simulator',
] as const;
export type AppName = (typeof APP_NAMES)[number];

export interface EnvironmentInput {
  /** The variables of the servers: `MONGODB_URI`, `NATS_URL`, `REDIS_URL`, `S3_*`. */
  readonly servers: Readonly<Record<string, string>>;
  /** HTTP port of each app, by name. */
  readonly ports: Readonly<Record<string, number>>;
  readonly secrets: LocalSecrets;
  readonly dataDir: string;
  /** Folder of the speech model; absent when no app in this run needs it. */
  readonly speechModelDir?: string;
  readonly embeddingModelDir?: string;
  /** The caller's environment. Its variables override the defaults of the profile. */
  readonly caller: NodeJS.ProcessEnv;
  /** Variables that override all others except `PORT`. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Variables of the machine that every process needs. */
const MACHINE_VARIABLES = [
  'PATH',
  'HOME',
  'LANG',
  'TZ',
  'TMPDIR',
  'LD_LIBRARY_PATH',
  'SSL_CERT_FILE',
  'NODE_EXTRA_CA_CERTS',
];

/**
 * Returns the environment of one app in the `local` profile. Its adapters need no account and no internet, and the
 * simulator takes the place of external systems. A variable in the caller's environment overrides the default of the
 * same name, so that `SPEECH_TO_TEXT=openai OPENAI_API_KEY=… npm start` works.
 */
export function localEnvironment(app: string, input: EnvironmentInput): Record<string, string> {
  const { caller } = input;
  const environment: Record<string, string> = {};
  for (const name of MACHINE_VARIABLES) setIfPresent(environment, name, caller[name]);
  for (const [name, value] of Object.entries(localDefaults(app, input))) {
    setIfPresent(environment, name, caller[name] === '' ? value : (caller[name] ?? value));
  }
  setIfPresent(environment, 'OPENAI_API_KEY', caller['OPENAI_API_KEY']);
  return {
    ...environment,
    ...input.servers,
    ...input.overrides,
    PORT: String(input.ports[app] ?? 0),
  };
}

function localDefaults(
  app: string,
  { ports, secrets, dataDir, speechModelDir, embeddingModelDir }: EnvironmentInput,
): Record<string, string> {
  const toUrl = (name: AppName): string => `http://127.0.0.1:${ports[name] ?? 0}`;
  return {
    NODE_ENV: 'development',
    DELAUTO_PROFILE: 'local',
    LOG_LEVEL: 'info',
    JWT_SECRET: secrets.jwtSecret,
    OPERATOR_API_KEY: secrets.operatorApiKey,
    RECORDINGS_KEY: secrets.recordingsKey,
    CUSTOMER_DATA_KEY: secrets.customerDataKey,

    // Adapters by name. Only the local profile has defaults.
    VOICE_CARRIER: 'twilio',
    SMS: 'twilio',
    OBJECT_STORE: 's3',
    SPEECH_TO_TEXT: 'moonshine',
    INSTRUCTION_ANALYST: 'local',
    PUSH: 'web-push',

    // The simulator acts as the carrier. Its webhooks go to telephony's own URL, and their signatures cover that URL.
    TWILIO_ACCOUNT_SID: secrets.twilioAccountSid,
    TWILIO_AUTH_TOKEN: secrets.twilioAuthToken,
    TWILIO_PHONE_NUMBER: '+15005550006',
    TWILIO_BASE_URL: toUrl('simulator'),
    // The simulated carrier has no rate limit.
    CARRIER_CALLS_PER_SECOND: '200',
    PUBLIC_URL: toUrl(app === 'telephony' ? 'telephony' : 'gateway'),
    VAPID_PUBLIC_KEY: secrets.vapidPublicKey,
    VAPID_PRIVATE_KEY: secrets.vapidPrivateKey,
    VAPID_SUBJECT: 'mailto:operations@example.com',
    // The simulated partner's endpoint is on this machine.
    WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',

    ...(speechModelDir === undefined ? {} : { SPEECH_MODEL_DIR: speechModelDir }),
    ...(embeddingModelDir === undefined ? {} : { TEXT_EMBEDDER: 'local', EMBEDDING_MODEL_DIR: embeddingModelDir }),
    // By default ONNX Runtime sends telemetry and stores a device id in the home folder. It reads this once, when
    // loaded.
    ORT_DISABLE_TELEMETRY: '1',
    SIMULATOR_PUBLIC_URL: toUrl('simulator'),
    // The webhooks of the phone number, as they would be configured at the carrier.
    SIMULATOR_VOICE_URL: `${toUrl('telephony')}/twilio/calls/inbound`,
    SIMULATOR_VOICE_STATUS_URL: `${toUrl('telephony')}/twilio/calls/inbound/status`,
    SIMULATOR_SMS_URL: `${toUrl('telephony')}/twilio/sms/inbound`,
    SIMULATOR_LEDGER_FILE: join(dataDir, 'simulator-ledger.jsonl'),
    SIMULATOR_GATHER: speechModelDir === undefined ? 'word-errors:0' : 'recogniser',
  };
}

function setIfPresent(environment: Record<string, string>, name: string, value: string | undefined): void {
  if (value !== undefined && value !== '') environment[name] = value;
}
