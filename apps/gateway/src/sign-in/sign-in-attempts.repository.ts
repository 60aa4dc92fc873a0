import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { decideSignIn } from '#libs/domain/identity/sign-in-tries.js';
import { toNetwork } from '#libs/domain/identity/to-network.js';
import { isDuplicateKey } from '#libs/persistence/index.js';
import type { SignInTriesDocument } from '#libs/persistence/schemas/gateway/sign-in-tries.js';

/** Counts sign-in attempts by account and IP network, so that an attacker cannot lock out a user on another network. */
@Injectable()
export class SignInAttemptsRepository {
  constructor(@InjectModel('SignInTries') private readonly model: Model<SignInTriesDocument>) {}

  /**
   * Counts an attempt before its outcome is known, so that concurrent attempts cannot exceed the limit.
   * @returns `null` if the attempt is permitted; otherwise how long the client must wait
   */
  async begin(email: string, ipAddress: string, now: Date): Promise<{ readonly retryAfterMs: number } | null> {
    const id = toId(email, ipAddress);
    for (;;) {
      const stored = await this.model.findById(id).lean<SignInTriesDocument>().exec();
      const decision = decideSignIn(stored, now);
      if (decision.kind === 'refuse') return decision;
      if (await this.write(id, stored, decision.next)) return null;
    }
  }

  /** Clears the count. Called after a successful sign-in or password check. */
  async clear(email: string, ipAddress: string): Promise<void> {
    await this.model.deleteOne({ _id: toId(email, ipAddress) }).exec();
  }

  /** @returns false if another request changed the document in the meantime */
  private async write(
    id: string,
    stored: SignInTriesDocument | null,
    next: Omit<SignInTriesDocument, '_id'>,
  ): Promise<boolean> {
    if (stored) {
      const { failures, lastAt } = stored;
      return (await this.model.updateOne({ _id: id, failures, lastAt }, { $set: next }).exec()).modifiedCount === 1;
    }
    try {
      await this.model.insertMany([{ _id: id, ...next }]);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}

const toId = (email: string, ipAddress: string): string =>
  hash('sha256', `${email}\n${toNetwork(ipAddress)}`, 'base64url');
