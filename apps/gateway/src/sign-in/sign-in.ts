import { Injectable } from '@nestjs/common';
import { normalizeEmail } from '#libs/domain/identity/email-address.js';
import { organizationId, TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import type { UserDocument } from '#libs/persistence/schemas/gateway/users.js';
import { Clock } from '#libs/clock/clock.js';
import { Passwords } from '../credentials/credentials.module.js';
import { Problem } from '../problems/problems.module.js';
import { UserRepository } from '../users/users.module.js';
import { RefreshTokens } from './refresh-tokens.js';
import { SessionTokens, type IssuedTokens } from './session-tokens.js';
import { SignInAttemptsRepository } from './sign-in-attempts.repository.js';
import { StartSession, type Origin } from './start-session.js';

export interface SignedIn extends IssuedTokens {
  readonly user: UserDocument;
}

/** Signs a user in with a password. All failures get the same response and take equally long. */
@Injectable()
export class SignIn {
  constructor(
    private readonly users: UserRepository,
    private readonly attempts: SignInAttemptsRepository,
    private readonly passwords: Passwords,
    private readonly startSession: StartSession,
    private readonly refreshTokens: RefreshTokens,
    private readonly tokens: SessionTokens,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 401 `sign_in_failed`, 429 `too_many_tries` */
  async execute(credentials: { email: string; password: string }, origin: Origin): Promise<SignedIn> {
    const email = normalizeEmail(credentials.email);
    const wait = await this.attempts.begin(email, origin.address, this.clock.now());
    if (wait) throw tooManyAttempts(wait.retryAfterMs);

    const user = await this.users.findByEmail(email);
    const { isCorrect, isOutdated } = await this.passwords.check(credentials.password, user?.passwordHash);
    if (!isCorrect || !user?.active) throw signInFailed();

    const passwordHash = isOutdated ? await this.passwords.hash(credentials.password) : user.passwordHash;
    const work = (tx: Transaction): Promise<SignedIn> => this.start(user, passwordHash, origin, tx);
    const signedIn = await this.transactions.run(work, { actor: { kind: 'user', id: user._id } });
    await this.attempts.forget(email, origin.address);
    return signedIn;
  }

  private async start(checked: UserDocument, passwordHash: string, origin: Origin, tx: Transaction): Promise<SignedIn> {
    const user = await this.users.load(organizationId(checked.organizationId), checked._id, tx);
    // The user was deactivated, or the password changed, during the check.
    if (!user.active || user.passwordHash !== checked.passwordHash) throw signInFailed();
    await this.users.recordSignIn(user, this.clock.now(), passwordHash, tx);
    const session = await this.startSession.execute(user, origin, tx);
    return { ...this.tokens.issue(user, session, this.refreshTokens.issue(session).text), user };
  }
}

const signInFailed = (): Problem => Problem.of('sign_in_failed', 'E-mail address or password is wrong.');

export function tooManyAttempts(retryAfterMs: number): Problem {
  const retryAfterSeconds = Math.ceil(retryAfterMs / 1000);
  const message = `Too many attempts; try again in ${retryAfterSeconds} s.`;
  return Problem.of('too_many_tries', message, { retryAfterSeconds });
}
