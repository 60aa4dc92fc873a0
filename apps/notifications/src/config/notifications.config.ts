import { ChoiceField, FlagField, IntegerField, TextField } from '#libs/contracts/fields/index.js';
import { AppConfig, REDIS_SERVER_URL } from '#libs/platform/config/index.js';

const BASE64URL = {
  pattern: /^[A-Za-z0-9_-]+$/,
  patternMeaning: 'base64url, as made by "npx web-push generate-vapid-keys"',
};

/** The environment variables of the notifications app. */
export class NotificationsConfig extends AppConfig {
  @TextField(REDIS_SERVER_URL) REDIS_URL!: string;
  /** The adapter of the push port. */
  @ChoiceField(['web-push']) PUSH!: 'web-push';
  @TextField({ ...BASE64URL, min: 86, max: 88 }) VAPID_PUBLIC_KEY!: string;
  @TextField({ ...BASE64URL, min: 42, max: 44 }) VAPID_PRIVATE_KEY!: string;
  @TextField({ pattern: /^(mailto:|https:\/\/)/, patternMeaning: 'a mailto: or https: address (RFC 8292)' })
  VAPID_SUBJECT!: string;
  /** Seconds until an unacknowledged message is pushed; 15 if unset. */
  @IntegerField({ optional: true, min: 0, max: 86_400 }) PUSH_AFTER_SECONDS?: number;
  /** Seconds until an unacknowledged message is sent by SMS; 120 if unset. */
  @IntegerField({ optional: true, min: 0, max: 86_400 }) SMS_AFTER_SECONDS?: number;
  /** Seals partners' webhook secrets in the database: 32 bytes, base64. If unset, secrets are stored unsealed. */
  @TextField({ optional: true, pattern: /^[A-Za-z0-9+/]{43}=$/, patternMeaning: '32 bytes, base64' })
  WEBHOOK_SECRETS_KEY?: string;
  /**
   * Allows webhooks and pushes to private addresses and without TLS. Only for a local stack: elsewhere, partners could
   * send requests into DelAuto's network.
   */
  @FlagField({ optional: true }) WEBHOOK_ALLOW_PRIVATE_ADDRESSES?: boolean;
}
