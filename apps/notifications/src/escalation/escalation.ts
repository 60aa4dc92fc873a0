/** How long an agent may leave a message unacknowledged before the next step, counted from the message. */
export class EscalationDelays {
  constructor(
    readonly pushAfterSeconds: number,
    readonly smsAfterSeconds: number,
  ) {}
}

export interface EscalationPlan {
  readonly pushAt: Date;
  readonly smsAt: Date;
}

/** The steps after the hint over WebSocket, which is immediate. */
export function planEscalation(createdAt: Date, delays: EscalationDelays): EscalationPlan {
  return {
    pushAt: new Date(createdAt.getTime() + delays.pushAfterSeconds * 1000),
    smsAt: new Date(createdAt.getTime() + delays.smsAfterSeconds * 1000),
  };
}

/** Escalation stops for good at the first acknowledgement, and when a newer message about the delivery took over. */
export function isEscalationStopped(message: {
  readonly acknowledgedAt?: Date;
  readonly supersededAt?: Date;
}): boolean {
  return message.acknowledgedAt !== undefined || message.supersededAt !== undefined;
}

const FIRST_PUSH_RETRY_MS = 5_000;

/**
 * When a push that failed for a passing reason is tried again: 5 s later, then twice as long each time, never sooner
 * than the push service asked. `undefined` when that would not be before the SMS, which then takes over.
 * @param tries how many were made so far, from 1
 */
export function nextPushTry(now: Date, tries: number, smsAt: Date, retryAfterMs = 0): Date | undefined {
  const wait = Math.max(FIRST_PUSH_RETRY_MS * 2 ** (tries - 1), retryAfterMs);
  const at = new Date(now.getTime() + wait);
  return at < smsAt ? at : undefined;
}

const MOST_SMS_CHARACTERS = 480;

/** The text of the last step: what is to be done and where to confirm it. No access codes (see the summary). */
export function smsText(reference: string, summary: string): string {
  const text = `Delivery ${reference}: ${summary} Open the app to confirm.`;
  return text.length <= MOST_SMS_CHARACTERS ? text : `${text.slice(0, MOST_SMS_CHARACTERS - 1)}…`;
}
