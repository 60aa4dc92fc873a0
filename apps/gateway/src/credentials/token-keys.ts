import { createSecretKey, hash, hkdfSync, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { GatewayConfig } from '../config/config.module.js';

export interface TokenKey {
  /** Names the secret in a token's header, and tells nothing of it. */
  readonly kid: string;
  readonly secret: KeyObject;
  /** For refresh tokens: what signs one kind of token must not make another. */
  readonly refreshSecret: KeyObject;
  /** For answers that are kept sealed. */
  readonly answerSecret: KeyObject;
}

/**
 * The secrets that sign tokens. The first signs; all are believed, so that a secret can be replaced without signing
 * anybody out: the new one goes to `JWT_SECRET`, the old one to `JWT_SECRETS_PREVIOUS` until what it signed has expired.
 */
@Injectable()
export class TokenKeys {
  readonly all: readonly TokenKey[];

  constructor(config: GatewayConfig) {
    this.all = [config.JWT_SECRET, ...(config.JWT_SECRETS_PREVIOUS?.split(',') ?? [])].map(keyOf);
  }

  get current(): TokenKey {
    const [first] = this.all;
    if (!first) throw new Error('JWT_SECRET is required.');
    return first;
  }

  /** Tokens of older gateways name no key: they are the current one's. */
  find(kid: string | undefined): TokenKey | undefined {
    return kid === undefined ? this.current : this.all.find((key) => key.kid === kid);
  }
}

function keyOf(secret: string): TokenKey {
  return {
    kid: hash('sha256', `delauto key id\n${secret}`, 'base64url').slice(0, 8),
    secret: createSecretKey(secret, 'utf8'),
    refreshSecret: derived(secret, 'delauto refresh tokens'),
    answerSecret: derived(secret, 'delauto kept answers'),
  };
}

const derived = (secret: string, purpose: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)));
