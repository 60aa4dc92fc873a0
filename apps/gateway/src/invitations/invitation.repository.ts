import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { AggregateRepository, trusted, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { InvitationDocument } from '#libs/persistence/schemas/gateway/invitations.js';

/** The invitations of all organizations. Of an invitation's secret, only the digest is stored. */
@Injectable()
export class InvitationRepository extends AggregateRepository<InvitationDocument> {
  protected readonly aggregateName = 'invitation';

  constructor(@InjectModel('Invitation') model: Model<InvitationDocument>) {
    super(model);
  }

  /** Reads across organizations, because a person who accepts does not belong to one yet. */
  async findByInvitationId(invitationId: string, tx?: Transaction): Promise<InvitationDocument | null> {
    const query = this.model.findById(invitationId, null, tx ? { session: tx.session } : {});
    return (await query.lean<InvitationDocument>().exec()) ?? null;
  }

  /**
   * Returns invitations, newest first.
   * @param before the id of the last invitation on the previous page
   */
  findPage(
    organizationId: OrganizationId,
    { limit, before }: { limit: number; before?: string | undefined },
  ): Promise<InvitationDocument[]> {
    const filter = before === undefined ? {} : { _id: trusted({ $lt: before }) };
    return this.find(organizationId, filter, { sort: { _id: -1 }, limit });
  }
}
