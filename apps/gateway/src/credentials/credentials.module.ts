import { Module } from '@nestjs/common';
import { JwtProof } from './access-tokens.js';
import { Passwords } from './passwords.js';
import { TokenKeys } from './token-keys.js';

export { AUDIENCE, JwtProof, type TokenClaims } from './access-tokens.js';
export { assertGoodPassword } from './new-password.js';
export { Passwords } from './passwords.js';
export { digestOf, equalDigests, newSecret } from './secret-digest.js';
export { type TokenKey, TokenKeys } from './token-keys.js';

/** Passwords, and the secrets that sign tokens. */
@Module({ providers: [JwtProof, Passwords, TokenKeys], exports: [JwtProof, Passwords, TokenKeys] })
export class CredentialsModule {}
