import { Schema } from 'mongoose';
import type { Language } from '#libs/contracts/index.js';
import { SEALED } from '../../sealed-fields.js';
import type { TenantDocument } from '../../tenant-repository.js';

/** A customer's text message that waits for its analysis. `_id` is the message's id. */
export interface WaitingTextDocument extends TenantDocument {
  deliveryId: string;
  text: string;
  language: Language;
  zone: string;
  window: { start: Date; end: Date };
  receivedAt: Date;
}

export const waitingTextSchema = new Schema<WaitingTextDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    deliveryId: { type: String, required: true },
    text: SEALED,
    language: { type: String, required: true },
    zone: { type: String, required: true },
    window: { start: { type: Date, required: true }, end: { type: Date, required: true } },
    receivedAt: { type: Date, required: true },
  },
  { collection: 'waitingTexts', versionKey: false },
);

waitingTextSchema.index({ organizationId: 1, deliveryId: 1 });
