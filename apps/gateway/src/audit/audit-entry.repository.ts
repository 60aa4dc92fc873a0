import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model, type QueryFilter } from 'mongoose';
import { TenantRepository, trusted, type OrganizationId } from '#libs/persistence/index.js';
import type { AuditEntryDocument } from '#libs/persistence/schemas/gateway/audit-entries.js';

export interface AuditFilter {
  readonly actorId?: string | undefined;
  readonly targetId?: string | undefined;
  readonly action?: string | undefined;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

/** The instant and id of the last entry on the previous page. */
export interface AuditCursor {
  readonly at: Date;
  readonly id: string;
}

/** The audit entries of all organizations. An entry is never changed. */
@Injectable()
export class AuditEntryRepository extends TenantRepository<AuditEntryDocument> {
  constructor(@InjectModel('AuditEntry') model: Model<AuditEntryDocument>) {
    super(model);
  }

  /** Returns entries, newest first. */
  findPage(
    organizationId: OrganizationId,
    { actorId, targetId, action, since, until }: AuditFilter,
    { limit, after }: { limit: number; after?: AuditCursor | undefined },
  ): Promise<AuditEntryDocument[]> {
    const period = {
      ...(since === undefined ? {} : { $gte: since }),
      ...(until === undefined ? {} : { $lt: until }),
    };
    const filter = {
      ...(actorId === undefined ? {} : { 'actor.id': actorId }),
      ...(targetId === undefined ? {} : { 'target.id': targetId }),
      ...(action === undefined ? {} : { action }),
      ...(since === undefined && until === undefined ? {} : { at: trusted(period) }),
      ...(after === undefined ? {} : { $and: [toPageFilter(after)] }),
    };
    return this.find(organizationId, filter, { sort: { at: -1, _id: -1 }, limit });
  }
}

/**
 * Matches the entries after the cursor, in descending order. The first bound lets the index scan start at the right
 * place. The second skips entries of the same instant that an earlier page already returned.
 */
const toPageFilter = ({ at, id }: AuditCursor): QueryFilter<AuditEntryDocument> => ({
  at: trusted({ $lte: at }),
  $or: [{ at: trusted({ $lt: at }) }, { _id: trusted({ $lt: id }) }],
});
