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
  /** What the servers told: `MONGODB_URI`, `NATS_URL`, `REDIS_URL`, `S3_*`. */
  readonly servers: Readonly<Record<string, string>>;
  /** HTTP port of each app, by name. */
  readonly ports: Readonly<Record<string, number>>;
  readonly secrets: LocalSecrets;
  readonly dataDir: string;
  /** Folder of the speech model; absent when no app of this run needs it. */
  readonly speechModelDir?: string;
  readonly embeddingModelDir?: string;
  /** Variables of the caller: those named here win over the profile's defaults. */
  readonly caller: NodeJS.ProcessEnv;
  /** Win over everything. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** What a process needs from the machine, whatever it runs. */
const FROM_MACHINE = [
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
 * The environment of one app in the `local` profile: every adapter is one that needs no account and no internet, and the
 * outside world is the simulator. A default gives way to a variable of the same name in the caller's environment, so
 * `SPEECH_TO_TEXT=openai OPENAI_API_KEY=… npm start` does what it says.
 */
export function localEnvironment(app: string, input: EnvironmentInput): Record<string, string> {
  const { caller } = input;
  const environment: Record<string, string> = {};
  for (const name of FROM_MACHINE) take(environment, name, caller[name]);
  for (const [name, value] of Object.entries(localDefaults(app, input))) {
    take(environment, name, caller[name] === '' ? value : (caller[name] ?? value));
  }
  take(environment, 'OPENAI_API_KEY', caller['OPENAI_API_KEY']);
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
  const urlOf = (name: AppName): string => `http://127.0.0.1:${ports[name] ?? 0}`;
  return {
    NODE_ENV: 'development',
    DELAUTO_PROFILE: 'local',
    LOG_LEVEL: 'info',
    JWT_SECRET: secrets.jwtSecret,
    OPERATOR_API_KEY: secrets.operatorApiKey,
    RECORDINGS_KEY: secrets.recordingsKey,
    CUSTOMER_DATA_KEY: secrets.customerDataKey,

    // Adapters by name: only the local profile has defaults.
    VOICE_CARRIER: 'twilio',
    SMS: 'twilio',
    OBJECT_STORE: 's3',
    SPEECH_TO_TEXT: 'moonshine',
    INSTRUCTION_ANALYST: 'local',
    PUSH: 'web-push',

    // The carrier is the simulator. Telephony's own address is what carriers see and sign.
    TWILIO_ACCOUNT_SID: secrets.twilioAccountSid,
    TWILIO_AUTH_TOKEN: secrets.twilioAuthToken,
    TWILIO_PHONE_NUMBER: '+15005550006',
    TWILIO_BASE_URL: urlOf('simulator'),
    // The simulated carrier takes what it is given.
    CARRIER_CALLS_PER_SECOND: '200',
    PUBLIC_URL: urlOf(app === 'telephony' ? 'telephony' : 'gateway'),
    VAPID_PUBLIC_KEY: secrets.vapidPublicKey,
    VAPID_PRIVATE_KEY: secrets.vapidPrivateKey,
    VAPID_SUBJECT: 'mailto:operations@example.com',
    // The partner's sink is on this machine.
    WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',

    ...(speechModelDir === undefined ? {} : { SPEECH_MODEL_DIR: speechModelDir }),
    ...(embeddingModelDir === undefined ? {} : { TEXT_EMBEDDER: 'local', EMBEDDING_MODEL_DIR: embeddingModelDir }),
    // ONNX Runtime would report to its makers, and keep a device id in the home folder. Read once, when it is loaded.
    ORT_DISABLE_TELEMETRY: '1',
    SIMULATOR_PUBLIC_URL: urlOf('simulator'),
    // Where texts to our number go, as it would be set at the carrier.
    SIMULATOR_VOICE_URL: `${urlOf('telephony')}/twilio/calls/inbound`,
    SIMULATOR_VOICE_STATUS_URL: `${urlOf('telephony')}/twilio/calls/inbound/status`,
    SIMULATOR_SMS_URL: `${urlOf('telephony')}/twilio/sms/inbound`,
    SIMULATOR_LEDGER_FILE: join(dataDir, 'simulator-ledger.jsonl'),
    SIMULATOR_GATHER: speechModelDir === undefined ? 'word-errors:0' : 'recogniser',
  };
}

function take(environment: Record<string, string>, name: string, value: string | undefined): void {
  if (value !== undefined && value !== '') environment[name] = value;
}
