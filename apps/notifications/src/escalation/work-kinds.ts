/** The kinds of work in the app's queue that escalation handles. */
export const WORK_KINDS = { push: 'push', sms: 'sms' } as const;

/** The payload of an escalation step. */
export interface EscalationWork {
  readonly messageId: string;
}

/** The payload of the push step. */
export interface PushWork extends EscalationWork {
  /** Due time of the SMS, ISO 8601. A failed push is not retried from then on. */
  readonly smsAt: string;
}

/** The key of the work for one step of one message, by which it can be canceled. */
export const toStepKey = (messageId: string, kind: keyof typeof WORK_KINDS): string => `${messageId}.${kind}`;
