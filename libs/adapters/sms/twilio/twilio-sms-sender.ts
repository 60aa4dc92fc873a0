import type { MessageInstance } from 'twilio/lib/rest/api/v2010/account/message.js';

import type { SendSms, SentSms, SmsRecord, SmsSender, SmsStatus } from '#libs/ports/sms.js';

import type { TwilioAccount } from '../../twilio/twilio-client.js';
import { TwilioClient } from '../../twilio/twilio-client.js';
import { createUnexpectedResponseError } from '../../twilio/twilio-errors.js';
import { toWebhookUrl } from '../../twilio/webhook-url.js';
import { isSid, toMessageStatus } from '../../voice-carrier/twilio/twilio-fields.js';

/** Options of `TwilioSmsSender`. */
export interface TwilioSmsOptions extends TwilioAccount {
  /** See `defaultConnectionOverrides`. */
  readonly connectionOverrides?: string | undefined;
}

/** Higher than the number of messages that one phone number can receive within the reconciliation period. */
const MAX_LISTED = 1_000;

/** Sends text messages through Twilio's SDK. Does not retry. */
export class TwilioSmsSender implements SmsSender {
  private readonly client: TwilioClient;

  constructor(private readonly options: TwilioSmsOptions) {
    this.client = new TwilioClient(options);
  }

  async send({ to, from, body, statusCallbackUrl, clientReference }: SendSms): Promise<SentSms> {
    const statusCallback = toWebhookUrl(statusCallbackUrl, this.options.connectionOverrides, { ref: clientReference });
    const message = await this.client.request('post', (twilio) =>
      twilio.messages.create({ to, from, body, statusCallback }),
    );
    if (!isSid(message.sid, 'SM', 'MM')) throw createUnexpectedResponseError('post', 'the new message has no ID');
    return toSentSms(message);
  }

  list({ to, since }: { to: string; since: Date }): Promise<readonly SmsRecord[]> {
    // Twilio's times are whole seconds. Twilio's filter uses the sending time, which a queued message does not have.
    const earliestMs = Math.floor(since.getTime() / 1000) * 1000;
    return this.client.request('get', async (twilio) => {
      const messages = await twilio.messages.list({ to, limit: MAX_LISTED, pageSize: MAX_LISTED });
      return messages
        .filter(({ direction }) => direction !== 'inbound')
        .map(toSmsRecord)
        .filter(({ createdAt }) => createdAt.getTime() >= earliestMs)
        .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    });
  }
}

function toSmsRecord(message: MessageInstance): SmsRecord {
  const { to, from, body, dateCreated: createdAt } = message;
  return { ...toSentSms(message), to, from, body, createdAt };
}

function toSentSms(message: { sid: string; numSegments: string; status: string }): SentSms {
  const status: SmsStatus = toMessageStatus(message.status);
  return { messageId: message.sid, segments: Math.max(1, Number(message.numSegments) || 1), status };
}
