import { Module } from '@nestjs/common';
import { AccessTokens } from './access-tokens.js';
import { Passwords } from './passwords.js';
import { TokenKeys } from './token-keys.js';

export { AccessTokens, ALGORITHM, AUDIENCE, isTokenClaims, ISSUER, type TokenClaims } from './access-tokens.js';
export { assertValidPassword } from './new-password.js';
export { Passwords } from './passwords.js';
export { toDigest, equalDigests, newSecret } from './secret-digest.js';
export { type TokenKey, TokenKeys } from './token-keys.js';

/** Password hashing, and the secrets that sign tokens. */
@Module({ providers: [AccessTokens, Passwords, TokenKeys], exports: [AccessTokens, Passwords, TokenKeys] })
export class CredentialsModule {}
