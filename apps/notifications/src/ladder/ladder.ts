/** When the next louder step is taken while an agent has not acknowledged a message. */
export interface LadderDelays {
  readonly pushAfterSeconds: number;
  readonly smsAfterSeconds: number;
}

export interface LadderPlan {
  readonly pushAt: Date;
  readonly smsAt: Date;
}

/** The steps after the hint over WebSocket, which is immediate. */
export function planLadder(createdAt: Date, delays: LadderDelays): LadderPlan {
  return {
    pushAt: new Date(createdAt.getTime() + delays.pushAfterSeconds * 1000),
    smsAt: new Date(createdAt.getTime() + delays.smsAfterSeconds * 1000),
  };
}

/** The ladder stops for good at the first acknowledgement, and when newer news of the same delivery took over. */
export function ladderStopped(message: { readonly acknowledgedAt?: Date; readonly supersededAt?: Date }): boolean {
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

/** The text of the ladder's last step: what is to be done and where to confirm it. No access codes (see the summary). */
export function smsText(reference: string, summary: string): string {
  const text = `Delivery ${reference}: ${summary} Open the app to confirm.`;
  return text.length <= MOST_SMS_CHARACTERS ? text : `${text.slice(0, MOST_SMS_CHARACTERS - 1)}…`;
}
