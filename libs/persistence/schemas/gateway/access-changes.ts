import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/** The kinds of principals and credentials whose access can change. */
export const ACCESS_SUBJECTS = ['user', 'session', 'key', 'agent'] as const;
export type AccessSubject = (typeof ACCESS_SUBJECTS)[number];

/** A change of access: all gateway processes must drop their cache entries about the subject. Kept for a day. */
export interface AccessChangeDocument extends TenantDocument {
  subject: AccessSubject;
  subjectId: string;
  at: Date;
}

export const accessChangeSchema = new Schema<AccessChangeDocument>(
  {
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    subject: { type: String, enum: ACCESS_SUBJECTS, required: true },
    subjectId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'accessChanges', versionKey: false },
);

accessChangeSchema.index({ at: 1 }, { expireAfterSeconds: 86_400 });
