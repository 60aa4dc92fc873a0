import { Injectable } from '@nestjs/common';
import { contractRegistry, type EventEnvelope } from '#libs/contracts/index.js';
import { parseOrganizationId, type Transaction } from '#libs/persistence/index.js';
import { AuditEntryRepository } from './audit-entry.repository.js';

const VERSION_SUFFIX_PATTERN = /\.v\d+$/;

/**
 * Adds an event to the audit log if it has an actor. An entry holds actor, action, target, time and the names of
 * changed fields. It does not hold the payload, so that personal data stays in the apps that can erase it.
 */
@Injectable()
export class RecordAuditEntry {
  constructor(private readonly entries: AuditEntryRepository) {}

  async execute(event: EventEnvelope, tx: Transaction): Promise<void> {
    const { id, actor, subject, aggregateId, occurredAt, payload } = event;
    const contract = contractRegistry.event(subject);
    if (!actor || !contract?.audited) return;
    const changed = readChangedFields(payload);
    const entry = {
      _id: id,
      actor,
      action: subject.replace(VERSION_SUFFIX_PATTERN, ''),
      target: { kind: contract.aggregate, id: aggregateId },
      ...(changed.length === 0 ? {} : { changed }),
      at: new Date(occurredAt),
    };
    await this.entries.insert(parseOrganizationId(event.organizationId), entry, tx);
  }
}

/** By convention, an event that reports a change lists the changed fields in `changed`. */
function readChangedFields(payload: object): string[] {
  const { changed } = payload as { changed?: unknown };
  return Array.isArray(changed) ? changed.filter((name) => typeof name === 'string') : [];
}
