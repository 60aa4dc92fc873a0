import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Ledger, type MessageStatus, type Parameters } from '../ledger/ledger.module.js';
import { CustomerBook } from '../personas/personas.module.js';
import { SimulatedTime, SimulatorConfig } from '../config/config.module.js';
import { createSid } from '../twilio/twilio.module.js';
import { WebhookClient, WebhookFailedError } from '../webhooks/webhooks.module.js';
import { MessageBook, type MessageRecord } from './message-book.js';
import { extractReplyTexts } from './reply-texts.js';
import { countSmsSegments } from './sms-segments.js';

/** Time that a message takes from one status to the next, in simulated ms. */
const STATUS_STEP_MS = 800;
/** Twilio's error code for an unreachable handset. */
const UNREACHABLE_HANDSET_ERROR_CODE = 30_003;

/** A text message to send to a customer. */
export interface OutgoingMessage {
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly statusCallback: string | null;
}

/** Delivers text messages between DelAuto's numbers and customers. */
@Injectable()
export class TextNetwork {
  constructor(
    private readonly config: SimulatorConfig,
    private readonly ledger: Ledger,
    private readonly book: MessageBook,
    private readonly customers: CustomerBook,
    private readonly webhooks: WebhookClient,
    private readonly time: SimulatedTime,
    private readonly log: PinoLogger,
  ) {}

  /** Accepts a message. It is delivered in the background, and each status is reported to the status callback. */
  async send(
    message: OutgoingMessage,
    direction: 'outbound-api' | 'outbound-reply' = 'outbound-api',
  ): Promise<MessageRecord> {
    const record = await this.createRecord(message, direction, toReference(message.statusCallback));
    void this.deliver(record, message.statusCallback);
    return record;
  }

  /** Receives a customer's message to a number of DelAuto. @returns undefined if the number has no SMS webhook */
  async receive(from: string, to: string, body: string): Promise<MessageRecord | undefined> {
    const url = this.customers.findNumber(to)?.smsUrl ?? this.config.defaultSmsUrl;
    if (url === null) return undefined;
    const record = await this.createRecord({ from, to, body }, 'inbound', {});
    try {
      const reply = await this.webhooks.send(url, 'POST', {
        ...this.toParameters(record),
        SmsStatus: 'received',
        Body: body,
        NumMedia: '0',
        NumSegments: String(countSmsSegments(body)),
      });
      for (const text of extractReplyTexts(reply.body.toString('utf8'))) {
        await this.send({ to: from, from: to, body: text, statusCallback: null }, 'outbound-reply');
      }
    } catch (error) {
      // As with Twilio, a customer's message counts as received although the webhook failed.
      if (!(error instanceof WebhookFailedError)) throw error;
      this.log.warn({ messageSid: record.sid, code: error.code }, 'SMS webhook failed');
    }
    return record;
  }

  private async createRecord(
    { to, from, body }: Pick<OutgoingMessage, 'to' | 'from' | 'body'>,
    direction: MessageRecord['direction'],
    reference: Parameters,
  ): Promise<MessageRecord> {
    const messageSid = createSid('SM');
    this.ledger.append({ type: 'message.created', messageSid, to, from, body, direction, reference });
    await this.ledger.flushed();
    const record = this.book.get(messageSid);
    if (record === undefined) throw new Error(`Message ${messageSid} is missing after it was appended to the ledger.`);
    return record;
  }

  private async deliver(message: MessageRecord, callback: string | null): Promise<void> {
    await this.report(message, callback);
    const persona = this.customers.findCustomer(message.to)?.persona;
    const isReachable =
      persona !== undefined && persona.refusedWith === undefined && persona.rings[0].kind !== 'unreachable';
    const finalStatus: MessageStatus = isReachable ? 'delivered' : 'undelivered';
    for (const status of ['sent', finalStatus] as const) {
      await this.time.sleep(STATUS_STEP_MS);
      const errorCode = status === 'undelivered' ? UNREACHABLE_HANDSET_ERROR_CODE : null;
      this.ledger.append({ type: 'message.status', messageSid: message.sid, status, errorCode });
      await this.ledger.flushed();
      await this.report(message, callback);
    }
  }

  private async report(message: MessageRecord, callback: string | null): Promise<void> {
    if (callback === null) return;
    try {
      await this.webhooks.send(callback, 'POST', {
        ...this.toParameters(message),
        MessageStatus: message.status,
        SmsStatus: message.status,
        ...(message.errorCode === null ? {} : { ErrorCode: String(message.errorCode) }),
      });
    } catch (error) {
      if (!(error instanceof WebhookFailedError)) throw error;
      this.log.warn(error.message);
    }
  }

  private toParameters({ sid, to, from }: MessageRecord): Record<string, string> {
    return {
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      AccountSid: this.config.accountSid,
      ApiVersion: '2010-04-01',
      To: to,
      From: from,
    };
  }
}

function toReference(url: string | null): Parameters {
  return url === null ? {} : Object.fromEntries(new URL(url).searchParams);
}
