import { ChoiceField, IntegerField, TextField } from '#libs/contracts/fields/index.js';

function url(...schemes: string[]): { pattern: RegExp; patternMeaning: string; max: number } {
  return {
    pattern: new RegExp(`^(${schemes.join('|').replaceAll('+', '\\+')})://`),
    patternMeaning: `a URL starting with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    max: 2000,
  };
}

/** Field options for variables that hold a URL of one of these schemes. */
export const MONGODB_URL = url('mongodb', 'mongodb+srv');
export const NATS_SERVER_URL = url('nats', 'tls', 'ws', 'wss');
export const REDIS_SERVER_URL = url('redis', 'rediss');
export const HTTP_URL = url('http', 'https');

/** What every app of the mesh reads from its environment. */
export class AppConfig {
  /** Port of the app's HTTP server: its probes, metrics and whatever else it serves. */
  @IntegerField({ min: 0, max: 65_535 }) PORT!: number;
  @TextField(MONGODB_URL) MONGODB_URI!: string;
  @TextField(NATS_SERVER_URL) NATS_URL!: string;
  @ChoiceField(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], { optional: true }) LOG_LEVEL?: string;
}
