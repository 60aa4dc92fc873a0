import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/** The number of deliveries in which a criterion was met, and the number of all deliveries. */
export interface StoredShare {
  met: number;
  total: number;
}

/** The criteria of an agent's performance, each measured as a share of deliveries. */
export const MEASURES = ['onTime', 'firstAttempt', 'asInstructed', 'listened', 'wentWell'] as const;
export type Measure = (typeof MEASURES)[number];

/** Performance figures of an agent's deliveries. `_id` is the agent's id. */
export interface AgentRecordDocument extends TenantDocument, Record<Measure, StoredShare> {
  /** Seconds from assignment to acknowledgement, for the latest deliveries. */
  acknowledgeSeconds: number[];
  /** The place and time of the agent's last handover. */
  lastHandOver?: { at: Date; position: [number, number] };
}

const shareFields = { met: { type: Number, default: 0 }, total: { type: Number, default: 0 } };

export const agentRecordSchema = new Schema<AgentRecordDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    onTime: shareFields,
    firstAttempt: shareFields,
    asInstructed: shareFields,
    listened: shareFields,
    wentWell: shareFields,
    acknowledgeSeconds: { type: [Number], default: [] },
    lastHandOver: Schema.Types.Mixed,
  },
  { collection: 'agentRecords', versionKey: false },
);

agentRecordSchema.index({ organizationId: 1, _id: 1 });
