import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { decideTry } from '#libs/domain/identity/sign-in-tries.js';
import { networkOf } from '#libs/domain/identity/network-of.js';
import { isDuplicateKey } from '#libs/persistence/index.js';
import type { SignInTriesDocument } from '#libs/persistence/schemas/gateway/sign-in-tries.js';

/** Tries by account and network: a stranger who guesses makes only themselves wait. */
@Injectable()
export class SignInTriesRepository {
  constructor(@InjectModel('SignInTries') private readonly model: Model<SignInTriesDocument>) {}

  /**
   * Counts a try before its outcome is known, so that many at once are as good as one after the other.
   * @returns how long to wait when it may not be made
   */
  async begin(email: string, address: string, now: Date): Promise<{ readonly retryAfterMs: number } | null> {
    const id = idOf(email, address);
    for (;;) {
      const seen = await this.model.findById(id).lean<SignInTriesDocument>().exec();
      const decision = decideTry(seen, now);
      if (decision.kind === 'refuse') return decision;
      if (await this.write(id, seen, decision.next)) return null;
    }
  }

  async forget(email: string, address: string): Promise<void> {
    await this.model.deleteOne({ _id: idOf(email, address) }).exec();
  }

  /** @returns false when somebody else wrote meanwhile */
  private async write(
    id: string,
    seen: SignInTriesDocument | null,
    next: Omit<SignInTriesDocument, '_id'>,
  ): Promise<boolean> {
    if (seen) {
      const { failures, lastAt } = seen;
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

const idOf = (email: string, address: string): string => hash('sha256', `${email}\n${networkOf(address)}`, 'base64url');
