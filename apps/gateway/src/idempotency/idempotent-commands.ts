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

/** The format of a stored reply: the id of the server secret that seals it, and the sealed text. */
const SEALED_REPLY_PATTERN = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9+/=]+)$/;

/**
 * Runs the gateway's own commands at most once for each `Idempotency-Key`, even across crashes. The reply is stored in
 * the transaction of the change, as in every app that owns commands (ADR 8).
 *
 * Replies contain secrets that are shown once. A stored reply is therefore sealed with a key that is derived from the
 * server's secret and the client's `Idempotency-Key`. Only a digest of the `Idempotency-Key` is stored, so the database
 * alone does not reveal the secrets.
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
   * @param work makes the change and returns the reply; it may run more than once, and all its effects must go through
   *   `tx`
   * @returns the reply, or the reply to the first request with this key
   * @throws the errors of `work`; CodedError `command_reused`; Problem 409 if the stored reply can no longer be read
   */
  async run<T extends object>(command: IdempotentCommand, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const { repeatable, organizationId, subject, actor } = command;
    if (!repeatable) return this.transactions.run(work, { actor });
    const { commandId, requestHash, key, markReplayed } = repeatable;
    const commandKey = { organizationId, commandId, subject, requestHash };
    const storedReply = (await this.readStoredReply(commandKey, key)) as T | undefined;
    if (storedReply) {
      markReplayed();
      return storedReply;
    }
    try {
      return await this.transactions.run(
        async (tx) => {
          const reply = await work(tx);
          await this.commands.storeReply(commandKey, this.sealReply(reply, key), tx.session);
          return reply;
        },
        { actor },
      );
    } catch (error) {
      // Another gateway may have run the same command first. Its reply is then returned instead of the error.
      const firstReply = (await this.readStoredReply(commandKey, key)) as T | undefined;
      if (!firstReply) throw error;
      markReplayed();
      return firstReply;
    }
  }

  private async readStoredReply(command: CommandKey, key: string): Promise<unknown> {
    const stored = await this.commands.findReply(command);
    if (stored === null) return undefined;
    const [, kid, sealed = ''] = SEALED_REPLY_PATTERN.exec(stored) ?? [];
    const tokenKey = this.keys.all.find((candidate) => candidate.kid === kid);
    if (!tokenKey) throw createUnreadableReplyProblem();
    return JSON.parse(unseal(deriveSealingKey(tokenKey, key), sealed));
  }

  private sealReply(reply: object, key: string): string {
    const { current } = this.keys;
    return `${current.kid}.${seal(deriveSealingKey(current, key), JSON.stringify(reply))}`;
  }
}

const deriveSealingKey = ({ replySecret }: TokenKey, key: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', replySecret, key, 'delauto kept answer', 32));

const createUnreadableReplyProblem = (): Problem =>
  Problem.of(
    'answer_unreadable',
    'The first request took effect, but its reply was sealed with a server secret that has since been replaced.',
  );
