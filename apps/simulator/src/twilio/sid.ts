import { randomBytes } from 'node:crypto';

/** The first two letters of a SID: call, recording or message. */
export type SidPrefix = 'CA' | 'RE' | 'SM';

/** Generates a Twilio SID: two letters and 32 hexadecimal digits. */
export function createSid(prefix: SidPrefix): string {
  return prefix + randomBytes(16).toString('hex');
}
