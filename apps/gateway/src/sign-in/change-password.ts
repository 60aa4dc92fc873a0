import { Injectable } from '@nestjs/common';
import { PasswordChanged } from '#libs/contracts/index.js';
import { createAggregateEvent, TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { Caller } from '../requests/requests.module.js';
import { assertValidPassword, Passwords } from '../credentials/credentials.module.js';
import { Problem } from '../problems/problems.module.js';
import { UserRepository } from '../users/users.module.js';
import { EndUserSessions, type CallerSession } from '../sessions/sessions.module.js';
import { createTooManyAttemptsProblem } from './sign-in.js';
import { SignInAttemptsRepository } from './sign-in-attempts.repository.js';

/** Changes the caller's password and revokes all their other sessions. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly users: UserRepository,
    private readonly attempts: SignInAttemptsRepository,
    private readonly passwords: Passwords,
    private readonly endUserSessions: EndUserSessions,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 400; 422 `password_wrong`; 429 `too_many_tries` */
  async execute(
    caller: Caller,
    session: CallerSession,
    input: { currentPassword: string; newPassword: string },
    ipAddress: string,
  ): Promise<void> {
    const { organizationId } = caller;
    const user = await this.users.load(organizationId, session.userId);
    assertValidPassword('newPassword', input.newPassword, user.email);
    const refusal = await this.attempts.begin(user.email, ipAddress, this.clock.now());
    if (refusal) throw createTooManyAttemptsProblem(refusal.retryAfterMs);
    const { isCorrect } = await this.passwords.check(input.currentPassword, user.passwordHash);
    if (!isCorrect) throw Problem.of('password_wrong', 'The current password is wrong.');

    const passwordHash = await this.passwords.hash(input.newPassword);
    const work = async (tx: Transaction): Promise<void> => {
      const currentUser = await this.users.load(organizationId, session.userId, tx);
      const event = createAggregateEvent(PasswordChanged, { userId: session.userId }, this.clock.now());
      await this.users.save(tx, organizationId, { ...currentUser, passwordHash }, [event]);
      await this.endUserSessions.execute(currentUser, 'password_changed', tx, session.sessionId);
    };
    await this.transactions.run(work, { actor: caller.options.actor });
    await this.attempts.clear(user.email, ipAddress);
  }
}
