/** Seconds after the creation of a message until it is pushed and sent by SMS, if it is not acknowledged. */
export class EscalationDelays {
  constructor(
    readonly pushAfterSeconds: number,
    readonly smsAfterSeconds: number,
  ) {}
}

/** The times at which the push and the SMS of a message are due. */
export interface EscalationPlan {
  readonly pushAt: Date;
  readonly smsAt: Date;
}

/** Plans the steps that follow the immediate notification over the WebSocket. */
export function planEscalation(createdAt: Date, delays: EscalationDelays): EscalationPlan {
  return {
    pushAt: new Date(createdAt.getTime() + delays.pushAfterSeconds * 1000),
    smsAt: new Date(createdAt.getTime() + delays.smsAfterSeconds * 1000),
  };
}

/** Whether the escalation has stopped: at the first acknowledgment, or when a newer message supersedes this one. */
export function isEscalationStopped(message: {
  readonly acknowledgedAt?: Date;
  readonly supersededAt?: Date;
}): boolean {
  return message.acknowledgedAt !== undefined || message.supersededAt !== undefined;
}

const FIRST_PUSH_RETRY_MS = 5_000;

/**
 * Plans the retry of a push after a transient failure: exponential backoff from 5 s, but not before the time that the
 * push service requested.
 * @param tries number of sends so far, from 1
 * @param smsAt when the SMS is due; the push is not retried at or after this time
 * @param retryAfterMs the push service's `Retry-After`, in milliseconds
 * @returns `undefined` if there is no time left for a retry before the SMS
 */
export function planPushRetry(now: Date, tries: number, smsAt: Date, retryAfterMs = 0): Date | undefined {
  const waitMs = Math.max(FIRST_PUSH_RETRY_MS * 2 ** (tries - 1), retryAfterMs);
  const at = new Date(now.getTime() + waitMs);
  return at < smsAt ? at : undefined;
}

const MAX_SMS_CHARACTERS = 480;

/** Builds the text of the SMS: what to do, and where to confirm it. The summary never contains an access code. */
export function toSmsText(reference: string, summary: string): string {
  const text = `Delivery ${reference}: ${summary} Open the app to confirm.`;
  return text.length <= MAX_SMS_CHARACTERS ? text : `${text.slice(0, MAX_SMS_CHARACTERS - 1)}…`;
}
