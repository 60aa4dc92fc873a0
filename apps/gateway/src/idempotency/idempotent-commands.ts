import { hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { CommandStore, type CommandKey } from '#libs/messaging/rpc/command-store.js';
import { TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';
import { seal, unseal } from '#libs/sealing/seal.js';
import { type TokenKey, TokenKeys } from '../credentials/credentials.module.js';
import { Problem } from '../problems/problems.module.js';
import type { IdempotentCommand } from './idempotent-command.js';

/** The form of a kept answer: the server's key it is sealed under, and the sealed text. */
const KEPT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9+/=]+)$/;

/**
 * Makes the gateway's own changes once for each `Idempotency-Key`, whatever dies in between: the answer is kept in the
 * transaction of the change, as every owner of commands does (see docs/adr/0008).
 *
 * The answers hold secrets that are shown once. They are kept sealed under a key that needs both the server's secret and
 * the client's `Idempotency-Key`, of which only a digest is stored: who has the database reads none of them.
 */
@Injectable()
export class IdempotentCommands {
  private readonly commands: CommandStore;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly transactions: TransactionRunner,
    private readonly keys: TokenKeys,
    sealer: DataSealer,
  ) {
    this.commands = new CommandStore(connection, sealer);
  }

  /**
   * @param work makes the change and its answer; it may run more than once, and all its effects go through `tx`
   * @returns the answer, or that of the first request with this key
   * @throws what `work` throws; CodedError `command_reused`; Problem 409 when the kept answer can no longer be read
   */
  async run<T extends object>(command: IdempotentCommand, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { repeatable, organizationId, subject, actor } = command;
    if (!repeatable) return this.transactions.run(work, { actor });
    const { commandId, requestHash, key, markReplayed } = repeatable;
    const stored = { organizationId, commandId, subject, requestHash };
    const before = (await this.kept(stored, key)) as T | undefined;
    if (before) {
      markReplayed();
      return before;
    }
    try {
      return await this.transactions.run(
        async (tx) => {
          const answer = await work(tx);
          await this.commands.remember(stored, this.sealed(answer, key), tx.session);
          return answer;
        },
        { actor },
      );
    } catch (error) {
      // A repeat at another gateway may have been first; then its answer is this one's, whatever failed here.
      const theirs = (await this.kept(stored, key)) as T | undefined;
      if (!theirs) throw error;
      markReplayed();
      return theirs;
    }
  }

  private async kept(command: CommandKey, key: string): Promise<unknown> {
    const stored = await this.commands.replyTo(command);
    if (stored === null) return undefined;
    const [, kid, sealed = ''] = KEPT.exec(stored) ?? [];
    const under = this.keys.all.find((one) => one.kid === kid);
    if (!under) throw unreadable();
    return JSON.parse(unseal(sealingKey(under, key), sealed));
  }

  private sealed(answer: object, key: string): string {
    const { current } = this.keys;
    return `${current.kid}.${seal(sealingKey(current, key), JSON.stringify(answer))}`;
  }
}

const sealingKey = ({ answerSecret }: TokenKey, key: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', answerSecret, key, 'delauto kept answer', 32));

const unreadable = (): Problem =>
  Problem.of(
    'answer_unreadable',
    'The request had its effect before; its answer was sealed under a server secret that has been replaced since.',
  );
