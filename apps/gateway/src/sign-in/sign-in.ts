import { Injectable } from '@nestjs/common';
import { normalizeEmail } from '#libs/domain/identity/email-address.js';
import { parseOrganizationId, TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import type { UserDocument } from '#libs/persistence/schemas/gateway/users.js';
import { Clock } from '#libs/clock/clock.js';
import { Passwords } from '../credentials/credentials.module.js';
import { Problem } from '../problems/problems.module.js';
import { UserRepository } from '../users/users.module.js';
import { RefreshTokens } from './refresh-tokens.js';
import { SessionTokens, type IssuedTokens } from './session-tokens.js';
import { SignInAttemptsRepository } from './sign-in-attempts.repository.js';
import { StartSession, type SignInClient } from './start-session.js';

/** The user who has signed in, and the tokens of the new session. */
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
  async execute(credentials: { email: string; password: string }, client: SignInClient): Promise<SignedIn> {
    const email = normalizeEmail(credentials.email);
    const refusal = await this.attempts.begin(email, client.ipAddress, this.clock.now());
    if (refusal) throw createTooManyAttemptsProblem(refusal.retryAfterMs);

    const user = await this.users.findByEmail(email);
    const { isCorrect, isOutdated } = await this.passwords.check(credentials.password, user?.passwordHash);
    if (!isCorrect || !user?.active) throw createSignInFailedProblem();

    const passwordHash = isOutdated ? await this.passwords.hash(credentials.password) : user.passwordHash;
    const work = (tx: Transaction): Promise<SignedIn> => this.start(user, passwordHash, client, tx);
    const signedIn = await this.transactions.run(work, { actor: { kind: 'user', id: user._id } });
    await this.attempts.clear(email, client.ipAddress);
    return signedIn;
  }

  private async start(
    checkedUser: UserDocument,
    passwordHash: string,
    client: SignInClient,
    tx: Transaction,
  ): Promise<SignedIn> {
    const user = await this.users.load(parseOrganizationId(checkedUser.organizationId), checkedUser._id, tx);
    // The user was deactivated, or the password changed, during the check.
    if (!user.active || user.passwordHash !== checkedUser.passwordHash) throw createSignInFailedProblem();
    await this.users.recordSignIn(user, this.clock.now(), passwordHash, tx);
    const session = await this.startSession.execute(user, client, tx);
    return { ...this.tokens.issue(user, session, this.refreshTokens.issue(session).text), user };
  }
}

const createSignInFailedProblem = (): Problem => Problem.of('sign_in_failed', 'E-mail address or password is wrong.');

export function createTooManyAttemptsProblem(retryAfterMs: number): Problem {
  const retryAfterSeconds = Math.ceil(retryAfterMs / 1000);
  const message = `Too many attempts; try again in ${retryAfterSeconds} s.`;
  return Problem.of('too_many_tries', message, { retryAfterSeconds });
}
