import { IntegerField, TextField } from '#libs/contracts/fields/index.js';
import { AppConfig, REDIS_SERVER_URL } from '#libs/platform/config/index.js';

const SECRET = { min: 32, max: 500 };
const SECRETS = {
  optional: true,
  max: 5_000,
  pattern: /^[^,]{32,500}(,[^,]{32,500})*$/,
  patternMeaning: 'secrets of 32 characters or more, separated by commas',
};

/** The gateway's environment. */
export class GatewayConfig extends AppConfig {
  @TextField(REDIS_SERVER_URL) REDIS_URL!: string;
  /** Signs access tokens; 32 characters or more. */
  @TextField(SECRET) JWT_SECRET!: string;
  /** Secrets that signed before, comma-separated: what they signed is believed until it expires. */
  @TextField(SECRETS) JWT_SECRETS_PREVIOUS?: string;
  /** Whoever operates this installation uses it to admit organisations. Nothing else can. */
  @TextField(SECRET) OPERATOR_API_KEY!: string;
  /** Requests a minute of one credential, of one address, and of one address that signs in. */
  @IntegerField({ optional: true, min: 1 }) RATE_LIMIT_PER_MINUTE: number = 6_000;
  @IntegerField({ optional: true, min: 1 }) RATE_LIMIT_ADDRESS_PER_MINUTE: number = 12_000;
  @IntegerField({ optional: true, min: 1 }) RATE_LIMIT_SIGN_IN_PER_MINUTE: number = 120;
  /** Addresses or networks, comma-separated, whose `X-Forwarded-For` is believed. Without: nobody's. */
  @TextField({ optional: true, max: 2000 }) TRUSTED_PROXIES?: string;
  /** Origins, comma-separated, whose pages may ask from a browser. Without: none. */
  @TextField({ optional: true, max: 4000 }) CORS_ORIGINS?: string;
  /** How long a session's access token lasts; a refresh makes the next one. */
  @IntegerField({ optional: true, min: 60, max: 3600 }) ACCESS_TOKEN_SECONDS: number = 15 * 60;
  /** How long an access token lasts that an administrator hands out for an agent. */
  @IntegerField({ optional: true, min: 60, max: 86_400 }) AGENT_TOKEN_SECONDS: number = 12 * 3600;
  /** Live connections that one address may open a minute at this gateway. */
  @IntegerField({ optional: true, min: 1, max: 10_000_000 }) LIVE_HANDSHAKES_PER_MINUTE: number = 600;
}
