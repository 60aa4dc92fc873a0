import type { CallLog } from '../calls/call-log.js';

/** Whether nothing of what is said now is to be recorded. */
export const isCodeAsked = ({ conversation }: CallLog): boolean => conversation?.flow.step === 'code';
