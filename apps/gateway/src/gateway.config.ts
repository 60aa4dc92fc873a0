import { IntegerField, TextField } from '#libs/contracts/fields/index.js';
import { AppConfig, REDIS_SERVER_URL } from '#libs/platform/config/index.js';

const SECRET = { min: 32, max: 500 };

/** The gateway's environment. */
export class GatewayConfig extends AppConfig {
  @TextField(REDIS_SERVER_URL) REDIS_URL!: string;
  /** Signs agents' access tokens; 32 characters or more. */
  @TextField(SECRET) JWT_SECRET!: string;
  /** Whoever operates this installation uses it to admit organisations. Nothing else can. */
  @TextField(SECRET) OPERATOR_API_KEY!: string;
  /** How long an agent's access token lasts. */
  @IntegerField({ optional: true, min: 60, max: 86_400 }) AGENT_TOKEN_SECONDS: number = 12 * 3600;
}
