import type { SendSms, SentSms, SmsRecord, SmsSender, SmsStatus } from '#libs/ports/sms.js';

import type { TwilioAccount } from '../../twilio/twilio-client.js';
import { TwilioClient } from '../../twilio/twilio-client.js';
import { notUnderstood } from '../../twilio/twilio-errors.js';
import { webhookUrl } from '../../twilio/webhook-url.js';
import { messageStatus } from '../../voice-carrier/twilio/twilio-fields.js';

export interface TwilioSmsOptions extends TwilioAccount {
  readonly connectionOverrides?: string | undefined;
}

/** More messages to one number within a reconciliation's time than there can ever be. */
const listLimit = 1_000;

/** Text messages by Twilio's own SDK. Nothing is retried here. */
export class TwilioSmsSender implements SmsSender {
  private readonly client: TwilioClient;

  constructor(private readonly options: TwilioSmsOptions) {
    this.client = new TwilioClient(options);
  }

  async send({ to, from, body, statusCallbackUrl, clientReference }: SendSms): Promise<SentSms> {
    const twilio = await this.client.load();
    const statusCallback = webhookUrl(statusCallbackUrl, this.options.connectionOverrides, { ref: clientReference });
    const message = await twilio.messages.create({ to, from, body, statusCallback });
    if (typeof message.sid !== 'string' || message.sid === '') throw notUnderstood('post', 'the new message has no id');
    return asSent(message);
  }

  async list({ to, since }: { to: string; since: Date }): Promise<readonly SmsRecord[]> {
    const twilio = await this.client.load();
    // Twilio's own filter is by the time of sending, which a message still queued does not have. Whole seconds.
    const from = Math.floor(since.getTime() / 1000) * 1000;
    const messages = await twilio.messages.list({ to, limit: listLimit, pageSize: listLimit });
    return messages
      .filter(({ direction, dateCreated }) => direction !== 'inbound' && dateCreated.getTime() >= from)
      .map((message) => ({
        ...asSent(message),
        to: message.to,
        from: message.from,
        body: message.body,
        createdAt: message.dateCreated,
      }))
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  }
}

function asSent(message: { sid: string; numSegments: string; status: string }): SentSms {
  const status: SmsStatus = messageStatus(message.status);
  return { messageId: message.sid, segments: Math.max(1, Number(message.numSegments) || 1), status };
}
