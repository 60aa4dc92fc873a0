import { IntegerField, TextField } from '#libs/contracts/fields/index.js';
import { AppConfig, REDIS_SERVER_URL } from '#libs/platform/config/index.js';

const SECRET_FIELD = { min: 32, max: 500 };
const SECRET_LIST_FIELD = {
  optional: true,
  max: 5_000,
  pattern: /^[^,]{32,500}(,[^,]{32,500})*$/,
  patternMeaning: 'secrets of 32 characters or more, separated by commas',
};

/** The environment variables of the gateway. */
export class GatewayConfig extends AppConfig {
  @TextField(REDIS_SERVER_URL) REDIS_URL!: string;
  /** Signs access tokens; at least 32 characters. */
  @TextField(SECRET_FIELD) JWT_SECRET!: string;
  /** Former signing secrets, comma-separated. Tokens signed with them stay valid until they expire. */
  @TextField(SECRET_LIST_FIELD) JWT_SECRETS_PREVIOUS?: string;
  /** The key of the operator of this installation. Only this key can create organizations. */
  @TextField(SECRET_FIELD) OPERATOR_API_KEY!: string;
  /** Requests per minute and credential. */
  @IntegerField({ optional: true, min: 1 }) RATE_LIMIT_PER_MINUTE: number = 6_000;
  /** Requests per minute and IP address. */
  @IntegerField({ optional: true, min: 1 }) RATE_LIMIT_ADDRESS_PER_MINUTE: number = 12_000;
  /** Sign-in requests per minute and IP address. */
  @IntegerField({ optional: true, min: 1 }) RATE_LIMIT_SIGN_IN_PER_MINUTE: number = 120;
  /** IP addresses or networks, comma-separated, whose `X-Forwarded-For` is trusted. Default: none. */
  @TextField({ optional: true, max: 2000 }) TRUSTED_PROXIES?: string;
  /** Origins, comma-separated, whose pages may call the API from a browser (CORS). Default: none. */
  @TextField({ optional: true, max: 4000 }) CORS_ORIGINS?: string;
  /** Lifetime of a session's access token, in seconds. A refresh issues the next token. */
  @IntegerField({ optional: true, min: 60, max: 3600 }) ACCESS_TOKEN_SECONDS: number = 15 * 60;
  /** Lifetime of an access token that an administrator issues for an agent, in seconds. */
  @IntegerField({ optional: true, min: 60, max: 86_400 }) AGENT_TOKEN_SECONDS: number = 12 * 3600;
  /** Live connections that one IP address may open per minute at one gateway process. */
  @IntegerField({ optional: true, min: 1, max: 10_000_000 }) LIVE_HANDSHAKES_PER_MINUTE: number = 600;
}
