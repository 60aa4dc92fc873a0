import { randomBytes } from 'node:crypto';

/** What a SID's first two letters stand for. */
export type SidPrefix = 'CA' | 'RE' | 'SM';

/** A new Twilio identifier: two letters and 32 hexadecimal digits. */
export function newSid(prefix: SidPrefix): string {
  return prefix + randomBytes(16).toString('hex');
}
