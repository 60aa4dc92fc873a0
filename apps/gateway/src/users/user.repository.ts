import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { UserDocument } from '#libs/persistence/schemas/gateway/users.js';

/** The users to list. */
export interface UserFilter {
  readonly limit: number;
  /** The id of the last user on the previous page. */
  readonly before?: string | undefined;
  readonly role?: UserDocument['role'] | undefined;
  readonly active?: boolean | undefined;
}

/** The users of all organizations. */
@Injectable()
export class UserRepository extends AggregateRepository<UserDocument> {
  protected readonly aggregateName = 'user';

  constructor(@InjectModel('User') model: Model<UserDocument>) {
    super(model);
  }

  /** Reads across organizations, because a sign-in names only the e-mail address. */
  async findByEmail(email: string): Promise<UserDocument | null> {
    return (await this.model.findOne({ email }).lean<UserDocument>().exec()) ?? null;
  }

  /** Lists an organization's users, newest first. */
  findPage(organizationId: OrganizationId, { limit, before, role, active }: UserFilter): Promise<UserDocument[]> {
    const filter = {
      ...(before === undefined ? {} : { _id: trusted({ $lt: before }) }),
      ...(role === undefined ? {} : { role }),
      ...(active === undefined ? {} : { active }),
    };
    return this.find(organizationId, filter, { sort: { _id: -1 }, limit });
  }

  async hasEmail(organizationId: OrganizationId, email: string): Promise<boolean> {
    return (await this.findOne(organizationId, { email })) !== null;
  }

  /** Whether the organization has another active administrator. */
  async hasOtherAdmin(organizationId: OrganizationId, userId: string, tx: Transaction): Promise<boolean> {
    const filter = { role: 'admin' as const, active: true, _id: trusted({ $ne: userId }) };
    return (await this.findOne(organizationId, filter, tx)) !== null;
  }

  /**
   * Records that the user signed in. It writes the user document, so that a concurrent deactivation causes a write
   * conflict.
   */
  async recordSignIn(user: UserDocument, at: Date, passwordHash: string, tx: Transaction): Promise<void> {
    const filter = { _id: user._id, organizationId: user.organizationId };
    await this.model.updateOne(filter, { $set: { lastSignInAt: at, passwordHash } }, { session: tx.session }).exec();
  }
}
