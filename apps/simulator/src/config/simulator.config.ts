import { ConfigurationError, HTTP_URL } from '#libs/platform/config/index.js';
import { ChoiceField, IntegerField, NumberField, TextField } from '#libs/contracts/fields/index.js';

import { mergeFaults, NO_FAULTS, type FaultSettings } from './fault-settings.js';

const MAX_WORD_ERROR_RATE = 1;

/** The simulator's environment variables. */
export class SimulatorEnvironment {
  /** TCP port to listen on. */
  @IntegerField({ min: 0, max: 65_535 }) PORT!: number;
  /** Base of the URLs of recordings and push endpoints. If unset, the address that the simulator listens on. */
  @TextField({ ...HTTP_URL, optional: true }) SIMULATOR_PUBLIC_URL?: string;
  @TextField({ pattern: /^AC[0-9a-fA-F]{32}$/, patternMeaning: 'AC and 32 hexadecimal digits' })
  TWILIO_ACCOUNT_SID!: string;
  /** The basic-auth password of the REST API, and the key of `X-Twilio-Signature`. */
  @TextField({ min: 8, max: 200 }) TWILIO_AUTH_TOKEN!: string;
  /** Append-only file of JSON lines, from which the state is restored after a restart. */
  @TextField({ max: 4096 }) SIMULATOR_LEDGER_FILE!: string;
  /** Speed of rings, pauses and speech as a multiple of real time; 1 by default. */
  @NumberField({ min: 0.1, max: 100_000, optional: true }) SIMULATOR_TIME_SCALE?: number;
  /** `recogniser`, or `word-errors:<rate>` with a rate from 0 to 1. */
  @TextField({
    pattern: /^(recogniser|word-errors:(0|1|0?\.\d+|1\.0+))$/,
    patternMeaning: 'recogniser or word-errors:<rate>',
  })
  SIMULATOR_GATHER!: string;
  /** Folder of the speech recognition model; required for `recogniser`. */
  @TextField({ max: 4096, optional: true }) SPEECH_MODEL_DIR?: string;
  /** Seed of the random faults and word errors. */
  @IntegerField({ min: 0, max: 4_294_967_295, optional: true }) SIMULATOR_SEED?: number;
  /** JSON object of fault settings, see `config/fault-settings.ts`. */
  @TextField({ max: 4096, optional: true }) SIMULATOR_FAULTS?: string;
  /** Voice webhook of numbers that are not configured through the control API. */
  @TextField({ ...HTTP_URL, optional: true }) SIMULATOR_VOICE_URL?: string;
  /** Status callback of inbound calls to such numbers. */
  @TextField({ ...HTTP_URL, optional: true }) SIMULATOR_VOICE_STATUS_URL?: string;
  /** SMS webhook of such numbers. */
  @TextField({ ...HTTP_URL, optional: true }) SIMULATOR_SMS_URL?: string;
  @ChoiceField(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], { optional: true }) LOG_LEVEL?: string;
}

/** The speech recognition of a Gather: a real recognizer, or the exact words with random errors. */
export type GatherMode =
  | { readonly kind: 'recogniser'; readonly modelDir: string }
  /** `rate` is the expected share of words with an error. */
  | { readonly kind: 'word-errors'; readonly rate: number };

/** The simulator's parsed configuration. */
export class SimulatorConfig {
  readonly port: number;
  readonly accountSid: string;
  readonly authToken: string;
  readonly ledgerFile: string;
  readonly timeScale: number;
  readonly gather: GatherMode;
  readonly seed: number;
  readonly faults: FaultSettings;
  readonly defaultVoiceUrl: string | null;
  readonly defaultVoiceStatusUrl: string | null;
  readonly defaultSmsUrl: string | null;
  readonly logLevel: string | undefined;
  /** The public URL, without a trailing slash. */
  private baseUrl: string | undefined;

  /** @throws ConfigurationError with all problems */
  constructor(environment: SimulatorEnvironment) {
    const problems: string[] = [];
    this.port = environment.PORT;
    this.accountSid = environment.TWILIO_ACCOUNT_SID;
    this.authToken = environment.TWILIO_AUTH_TOKEN;
    this.ledgerFile = environment.SIMULATOR_LEDGER_FILE;
    this.timeScale = environment.SIMULATOR_TIME_SCALE ?? 1;
    this.seed = environment.SIMULATOR_SEED ?? 1;
    this.defaultVoiceUrl = environment.SIMULATOR_VOICE_URL ?? null;
    this.defaultVoiceStatusUrl = environment.SIMULATOR_VOICE_STATUS_URL ?? null;
    this.defaultSmsUrl = environment.SIMULATOR_SMS_URL ?? null;
    this.logLevel = environment.LOG_LEVEL;
    this.baseUrl = environment.SIMULATOR_PUBLIC_URL?.replace(/\/+$/, '');
    this.gather = parseGatherMode(environment, problems);
    this.faults = parseFaultSettings(environment.SIMULATOR_FAULTS, problems);
    if (problems.length > 0) throw new ConfigurationError(problems);
  }

  get publicUrl(): string {
    if (this.baseUrl === undefined) throw new Error('The public URL is known only after the simulator listens.');
    return this.baseUrl;
  }

  /** Uses the listening address as the public URL, unless one was configured. */
  useListeningUrl(url: string): void {
    this.baseUrl ??= url.replace(/\/+$/, '');
  }
}

function parseGatherMode(environment: SimulatorEnvironment, problems: string[]): GatherMode {
  const [kind, rate] = environment.SIMULATOR_GATHER.split(':');
  if (kind === 'word-errors') return { kind, rate: Math.min(MAX_WORD_ERROR_RATE, Number(rate)) };
  if (environment.SPEECH_MODEL_DIR === undefined)
    problems.push('SPEECH_MODEL_DIR is required with SIMULATOR_GATHER=recogniser');
  return { kind: 'recogniser', modelDir: environment.SPEECH_MODEL_DIR ?? '' };
}

function parseFaultSettings(json: string | undefined, problems: string[]): FaultSettings {
  if (json === undefined) return NO_FAULTS;
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    problems.push('SIMULATOR_FAULTS must be a JSON object, for example {"duplicateCallbacks": 0.2}');
    return NO_FAULTS;
  }
  const merged = mergeFaults(NO_FAULTS, parsed);
  if ('settings' in merged) return merged.settings;
  problems.push(...merged.problems.map((problem) => `SIMULATOR_FAULTS: ${problem}`));
  return NO_FAULTS;
}
