import { ChoiceField, IntegerField, TextField } from '#libs/contracts/fields/index.js';

/** Maximum length of a URL, in characters. */
const MAX_URL_LENGTH = 2000;

/** Returns the field options of a variable that is a URL with one of these schemes. */
function urlField(...schemes: string[]): { pattern: RegExp; patternMeaning: string; max: number } {
  return {
    pattern: new RegExp(`^(${schemes.join('|').replaceAll('+', '\\+')})://`),
    patternMeaning: `a URL starting with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    max: MAX_URL_LENGTH,
  };
}

/** Field options of a MongoDB URL. */
export const MONGODB_URL = urlField('mongodb', 'mongodb+srv');
/** Field options of NATS URLs. */
export const NATS_SERVER_URL = urlField('nats', 'tls', 'ws', 'wss');
/** Field options of a Redis URL. */
export const REDIS_SERVER_URL = urlField('redis', 'rediss');
/** Field options of an HTTP URL. */
export const HTTP_URL = urlField('http', 'https');

/** Field options of a variable with one sealing key. */
export const SEALING_KEY = { pattern: /^[A-Za-z0-9+/]{43}=$/, patternMeaning: '32 random bytes, base64' };
/** Field options of a variable with several sealing keys. */
export const SEALING_KEYS = {
  pattern: /^[A-Za-z0-9+/]{43}=(,[A-Za-z0-9+/]{43}=)*$/,
  patternMeaning: '32 random bytes each, base64, separated by commas',
};

/** The environment variables that every app reads. */
export class AppConfig {
  /** Port of the app's HTTP server, including its probes and metrics. */
  @IntegerField({ min: 0, max: 65_535 }) PORT!: number;
  @TextField(MONGODB_URL) MONGODB_URI!: string;
  @TextField(NATS_SERVER_URL) NATS_URL!: string;
  /** Seals customer data in databases and streams. The same in every app. */
  @TextField(SEALING_KEY) CUSTOMER_DATA_KEY!: string;
  /** Previous keys, comma-separated. Needed for as long as data sealed with them exists. */
  @TextField({ ...SEALING_KEYS, optional: true, max: 5_000 }) CUSTOMER_DATA_KEYS_PREVIOUS?: string;
  @ChoiceField(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], { optional: true }) LOG_LEVEL?: string;
}

/** The keys that seal customer data, base64, the current key first. */
export const getDataKeys = ({ CUSTOMER_DATA_KEY, CUSTOMER_DATA_KEYS_PREVIOUS }: AppConfig): string[] => [
  CUSTOMER_DATA_KEY,
  ...(CUSTOMER_DATA_KEYS_PREVIOUS?.split(',') ?? []),
];
