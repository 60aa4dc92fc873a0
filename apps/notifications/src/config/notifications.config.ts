import { ChoiceField, FlagField, IntegerField, TextField } from '#libs/contracts/fields/index.js';
import { AppConfig, REDIS_SERVER_URL } from '#libs/platform/config/index.js';

const BASE64URL = {
  pattern: /^[A-Za-z0-9_-]+$/,
  patternMeaning: 'base64url, as made by "npx web-push generate-vapid-keys"',
};

/** What notifications reads from its environment. */
export class NotificationsConfig extends AppConfig {
  @TextField(REDIS_SERVER_URL) REDIS_URL!: string;
  /** Which adapter of the push port is used. */
  @ChoiceField(['web-push']) PUSH!: 'web-push';
  @TextField({ ...BASE64URL, min: 86, max: 88 }) VAPID_PUBLIC_KEY!: string;
  @TextField({ ...BASE64URL, min: 42, max: 44 }) VAPID_PRIVATE_KEY!: string;
  @TextField({ pattern: /^(mailto:|https:\/\/)/, patternMeaning: 'a mailto: or https: address (RFC 8292)' })
  VAPID_SUBJECT!: string;
  /** Seconds until a message that is not acknowledged is pushed; 15 when not set. */
  @IntegerField({ optional: true, min: 0, max: 86_400 }) PUSH_AFTER_SECONDS?: number;
  /** Seconds until an SMS follows; 120 when not set. */
  @IntegerField({ optional: true, min: 0, max: 86_400 }) SMS_AFTER_SECONDS?: number;
  /** Seals partners' webhook secrets in the database: 32 bytes, base64. Without it they lie there as they are. */
  @TextField({ optional: true, pattern: /^[A-Za-z0-9+/]{43}=$/, patternMeaning: '32 bytes, base64' })
  WEBHOOK_SECRETS_KEY?: string;
  /**
   * Lets webhooks and pushes go to private addresses and without TLS. Only for a stack on one machine: elsewhere it
   * would let partners reach into our own network.
   */
  @FlagField({ optional: true }) WEBHOOK_ALLOW_PRIVATE_ADDRESSES?: boolean;
}
