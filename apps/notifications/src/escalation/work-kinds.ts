/** Kinds of work in the app's queue that escalation handles. */
export const WORK_KINDS = { push: 'push', sms: 'sms' } as const;

/** What a step of the escalation is about. */
export interface EscalationWork {
  readonly messageId: string;
}

export interface PushWork extends EscalationWork {
  /** ISO 8601; from then on the SMS takes over and a failed push is not tried again. */
  readonly smsAt: string;
}

/** Names the work of one step of one message, so that it can be canceled. */
export const stepKey = (messageId: string, kind: keyof typeof WORK_KINDS): string => `${messageId}.${kind}`;
