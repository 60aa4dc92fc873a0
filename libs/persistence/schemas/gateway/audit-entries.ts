import { Schema } from 'mongoose';
import type { Actor } from '#libs/contracts/index.js';
import type { TenantDocument } from '../../tenant-repository.js';

/** One audited action. `_id` is the event's id. The new values are in the changed document, not here. */
export interface AuditEntryDocument extends TenantDocument {
  actor: Actor;
  /** The event's subject without its version: `routing.delivery.created`. */
  action: string;
  target: { kind: string; id: string };
  changed?: string[];
  at: Date;
}

export const auditEntrySchema = new Schema<AuditEntryDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    actor: new Schema(
      { kind: { type: String, required: true }, id: { type: String, required: true } },
      { _id: false, versionKey: false },
    ),
    action: { type: String, required: true },
    target: new Schema(
      { kind: { type: String, required: true }, id: { type: String, required: true } },
      { _id: false, versionKey: false },
    ),
    changed: { type: [String], default: undefined },
    at: { type: Date, required: true },
  },
  { collection: 'auditEntries', versionKey: false },
);

auditEntrySchema.index({ organizationId: 1, at: -1, _id: -1 });
auditEntrySchema.index({ organizationId: 1, 'actor.id': 1, at: -1, _id: -1 });
auditEntrySchema.index({ organizationId: 1, 'target.id': 1, at: -1, _id: -1 });
auditEntrySchema.index({ organizationId: 1, action: 1, at: -1, _id: -1 });
