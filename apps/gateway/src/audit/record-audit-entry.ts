import { Injectable } from '@nestjs/common';
import { contractRegistry, type EventEnvelope } from '#libs/contracts/index.js';
import { organizationId, type Transaction } from '#libs/persistence/index.js';
import { AuditEntryRepository } from './audit-entry.repository.js';

const VERSION = /\.v\d+$/;

/**
 * Adds an event to the audit log when somebody caused it. Who, what, to what and when are kept, and the names of changed
 * fields; not the payload: what is personal in it must be erasable where it is kept.
 */
@Injectable()
export class RecordAuditEntry {
  constructor(private readonly entries: AuditEntryRepository) {}

  async execute(event: EventEnvelope, tx: Transaction): Promise<void> {
    const { id, actor, subject, aggregateId, occurredAt, payload } = event;
    const contract = contractRegistry.event(subject);
    if (!actor || !contract?.audited) return;
    const changed = changedIn(payload);
    const entry = {
      _id: id,
      actor,
      action: subject.replace(VERSION, ''),
      target: { kind: contract.aggregate, id: aggregateId },
      ...(changed.length === 0 ? {} : { changed }),
      at: new Date(occurredAt),
    };
    await this.entries.insert(organizationId(event.organizationId), entry, tx);
  }
}

/** By the house's convention an event of a change names the fields that changed. */
function changedIn(payload: object): string[] {
  const { changed } = payload as { changed?: unknown };
  return Array.isArray(changed) ? changed.filter((name) => typeof name === 'string') : [];
}
