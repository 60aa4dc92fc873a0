/** Status of a text message. The last three are final. */
export type SmsStatus = 'accepted' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'failed';

/** A text message to send. */
export interface SendSms {
  /** E.164. */
  readonly to: string;
  /** E.164, one of DelAuto's numbers. */
  readonly from: string;
  readonly body: string;
  readonly statusCallbackUrl: string;
  /** DelAuto's id of the message. The status callback returns it as the query parameter `ref`. */
  readonly clientReference: string;
}

/** A text message that the carrier accepted. */
export interface SentSms {
  /** The carrier's id of the message. */
  readonly messageId: string;
  /** Number of segments that are billed. */
  readonly segments: number;
  readonly status: SmsStatus;
}

/** A text message in the carrier’s list. */
export interface SmsRecord extends SentSms {
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly createdAt: Date;
}

/**
 * Sends text messages. Every method throws `ProviderError`. After a failed `send` with the effect `unknown`, the
 * message may have been sent: reconcile with `list` before repeating it.
 */
export abstract class SmsSender {
  abstract send(message: SendSms): Promise<SentSms>;
  /** Returns the messages that DelAuto sent to a number at or after `since`, newest first. */
  abstract list(query: { readonly to: string; readonly since: Date }): Promise<readonly SmsRecord[]>;
}
