/** A text message's way. The last three are final. */
export type SmsStatus = 'accepted' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'failed';

export interface SendSms {
  /** E.164. */
  readonly to: string;
  /** E.164, a number of ours. */
  readonly from: string;
  readonly body: string;
  readonly statusCallbackUrl: string;
  /** Our id of this message. It comes back in the query of the status callback as `ref`. */
  readonly clientReference: string;
}

export interface SentSms {
  readonly messageId: string;
  /** How many parts it is billed as. */
  readonly segments: number;
  readonly status: SmsStatus;
}

export interface SmsRecord extends SentSms {
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly createdAt: Date;
}

/**
 * Sends text messages. Every method throws `ProviderError`. A failed `send` whose `effect` is `unknown` may have been
 * sent: reconcile by `list` before another try.
 */
export abstract class SmsSender {
  abstract send(message: SendSms): Promise<SentSms>;
  /** Messages we sent to a number at or after `since`, newest first. */
  abstract list(query: { readonly to: string; readonly since: Date }): Promise<readonly SmsRecord[]>;
}
