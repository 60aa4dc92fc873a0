import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model, type mongo } from 'mongoose';
import { createId, parseOrganizationId, TenantRepository, trusted, type Transaction } from '#libs/persistence/index.js';
import type { AccessChangeDocument } from '#libs/persistence/schemas/gateway/access-changes.js';
import type { AccessChange } from './access-change.js';

/** A stored access change. */
export interface RecordedChange {
  readonly id: string;
  readonly change: AccessChange;
}

/** The maximum number of missed changes that a gateway reads after a reconnect. */
const MAX_CAUGHT_UP_CHANGES = 10_000;

/** Stores access changes and watches for those of other gateways. */
@Injectable()
export class AccessChangeRepository extends TenantRepository<AccessChangeDocument> {
  constructor(@InjectModel('AccessChange') model: Model<AccessChangeDocument>) {
    super(model);
  }

  async add(change: AccessChange, at: Date, tx: Transaction): Promise<RecordedChange> {
    const id = createId('acc');
    const row = { _id: id, subject: change.kind, subjectId: toSubjectId(change), at };
    await this.insert(parseOrganizationId(change.organizationId), row, tx);
    return { id, change };
  }

  /** Reads changes of all organizations, newest first, because a gateway caches identities of all organizations. */
  async findSince(at: Date): Promise<RecordedChange[]> {
    const rows = await this.model
      .find({ at: trusted({ $gte: at }) })
      .sort({ at: -1 })
      .limit(MAX_CAUGHT_UP_CHANGES)
      .lean<AccessChangeDocument[]>()
      .exec();
    return rows.map(toRecordedChange);
  }

  /** Watches changes added by any gateway. No change is missed after the stream's first `resumeTokenChanged` event. */
  watch(): mongo.ChangeStream<AccessChangeDocument, mongo.ChangeStreamInsertDocument<AccessChangeDocument>> {
    return this.model.collection.watch<AccessChangeDocument, mongo.ChangeStreamInsertDocument<AccessChangeDocument>>([
      { $match: { operationType: 'insert' } },
    ]);
  }
}

export function toRecordedChange({
  _id: id,
  organizationId,
  subject,
  subjectId,
}: AccessChangeDocument): RecordedChange {
  switch (subject) {
    case 'user':
      return { id, change: { kind: subject, organizationId, userId: subjectId } };
    case 'session':
      return { id, change: { kind: subject, organizationId, sessionId: subjectId } };
    case 'key':
      return { id, change: { kind: subject, organizationId, keyId: subjectId } };
    case 'agent':
      return { id, change: { kind: subject, organizationId, agentId: subjectId } };
  }
}

function toSubjectId(change: AccessChange): string {
  switch (change.kind) {
    case 'user':
      return change.userId;
    case 'session':
      return change.sessionId;
    case 'key':
      return change.keyId;
    case 'agent':
      return change.agentId;
  }
}
