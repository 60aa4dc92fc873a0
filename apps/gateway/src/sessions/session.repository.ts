import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { SessionDocument } from '#libs/persistence/schemas/gateway/sessions.js';

/** The sessions of all users. */
@Injectable()
export class SessionRepository extends AggregateRepository<SessionDocument> {
  protected readonly aggregateName = 'session';

  constructor(@InjectModel('Session') model: Model<SessionDocument>) {
    super(model);
  }

  /** Reads across organizations, because a refresh token names only its session. */
  async findBySessionId(sessionId: string, tx: Transaction): Promise<SessionDocument | null> {
    const query = this.model.findById(sessionId, null, { session: tx.session });
    return (await query.lean<SessionDocument>().exec()) ?? null;
  }

  /**
   * Lists the sessions of a user that are not revoked, newest first. Some may have expired.
   * @param options `before` is the id of the last session on the previous page
   */
  findOpen(
    organizationId: OrganizationId,
    userId: string,
    options: { limit?: number; before?: string | undefined; tx?: Transaction } = {},
  ): Promise<SessionDocument[]> {
    const pageFilter = options.before === undefined ? {} : { _id: trusted({ $lt: options.before }) };
    const filter = { userId, revokedAt: null, ...pageFilter };
    return this.find(organizationId, filter, {
      sort: { _id: -1 },
      tx: options.tx,
      ...(options.limit === undefined ? {} : { limit: options.limit }),
    });
  }
}
