import { createSecretKey, hash, hkdfSync, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { GatewayConfig } from '../config/config.module.js';

export interface TokenKey {
  /** The key id in a token's header. It does not reveal the secret. */
  readonly kid: string;
  readonly secret: KeyObject;
  /** Signs refresh tokens. Each kind of token has its own key. */
  readonly refreshSecret: KeyObject;
  /** Seals the stored replies of idempotent commands. */
  readonly replySecret: KeyObject;
}

/**
 * The secrets that sign tokens. The first one signs; all of them verify, so that a secret can be replaced without
 * signing users out. To replace it, set `JWT_SECRET` to the new secret, and keep the old one in `JWT_SECRETS_PREVIOUS`
 * until the tokens it signed have expired.
 */
@Injectable()
export class TokenKeys {
  readonly all: readonly TokenKey[];

  constructor(config: GatewayConfig) {
    this.all = [config.JWT_SECRET, ...(config.JWT_SECRETS_PREVIOUS?.split(',') ?? [])].map(toTokenKey);
  }

  get current(): TokenKey {
    const [first] = this.all;
    if (!first) throw new Error('JWT_SECRET is required.');
    return first;
  }

  /** Tokens of older gateway versions have no `kid`: they are verified with the current key. */
  find(kid: string | undefined): TokenKey | undefined {
    return kid === undefined ? this.current : this.all.find((key) => key.kid === kid);
  }
}

function toTokenKey(secret: string): TokenKey {
  return {
    kid: hash('sha256', `delauto key id\n${secret}`, 'base64url').slice(0, 8),
    secret: createSecretKey(secret, 'utf8'),
    refreshSecret: deriveKey(secret, 'delauto refresh tokens'),
    replySecret: deriveKey(secret, 'delauto kept answers'),
  };
}

const deriveKey = (secret: string, purpose: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)));
