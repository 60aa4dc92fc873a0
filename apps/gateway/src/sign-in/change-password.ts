import { Injectable } from '@nestjs/common';
import { PasswordChanged } from '#libs/contracts/index.js';
import { aggregateEvent, TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { Caller } from '../requests/requests.module.js';
import { assertValidPassword, Passwords } from '../credentials/credentials.module.js';
import { Problem } from '../problems/problems.module.js';
import { UserRepository } from '../users/users.module.js';
import { EndUserSessions, type CallerSession } from '../sessions/sessions.module.js';
import { tooManyAttempts } from './sign-in.js';
import { SignInAttemptsRepository } from './sign-in-attempts.repository.js';

/** Changes the caller's password and revokes all their other sessions. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly users: UserRepository,
    private readonly tries: SignInAttemptsRepository,
    private readonly passwords: Passwords,
    private readonly endUserSessions: EndUserSessions,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 400; 422 `password_wrong`; 429 `too_many_tries` */
  async execute(
    caller: Caller,
    own: CallerSession,
    given: { currentPassword: string; newPassword: string },
    address: string,
  ): Promise<void> {
    const { organizationId } = caller;
    const user = await this.users.load(organizationId, own.userId);
    assertValidPassword('newPassword', given.newPassword, user.email);
    const wait = await this.tries.begin(user.email, address, this.clock.now());
    if (wait) throw tooManyAttempts(wait.retryAfterMs);
    const { isCorrect } = await this.passwords.check(given.currentPassword, user.passwordHash);
    if (!isCorrect) throw Problem.of('password_wrong', 'The current password is wrong.');

    const passwordHash = await this.passwords.hash(given.newPassword);
    const work = async (tx: Transaction): Promise<void> => {
      const latest = await this.users.load(organizationId, own.userId, tx);
      const event = aggregateEvent(PasswordChanged, { userId: own.userId }, this.clock.now());
      await this.users.save(tx, organizationId, { ...latest, passwordHash }, [event]);
      await this.endUserSessions.execute(latest, 'password_changed', tx, own.sessionId);
    };
    await this.transactions.run(work, { actor: caller.options.actor });
    await this.tries.forget(user.email, address);
  }
}
