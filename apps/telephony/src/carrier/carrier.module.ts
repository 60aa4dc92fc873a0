import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { TwilioSmsSender } from '#libs/adapters/sms/twilio/twilio-sms-sender.js';
import { TwilioVoiceCarrier } from '#libs/adapters/voice-carrier/twilio/twilio-voice-carrier.js';
import { TwilioWebhooks } from '#libs/adapters/voice-carrier/twilio/twilio-webhooks.js';
import { unmatchedCallbackSchema } from '#libs/persistence/schemas/telephony/unmatched-callbacks.js';
import { SmsSender } from '#libs/ports/sms.js';
import { CarrierWebhooks, VoiceCarrier } from '#libs/ports/voice-carrier.js';
import { toCarrierAccount, TelephonyConfig } from '../config/config.module.js';
import { KeepUnmatchedCallback } from './keep-unmatched-callback.js';
import { UnmatchedCallbackRepository } from './unmatched-callback.repository.js';
import { WebhookMetrics } from './webhook-metrics.js';

export { CarrierWebhook, EMPTY_DOCUMENT, XML_CONTENT_TYPE } from './carrier-webhook.js';
export { KeepUnmatchedCallback } from './keep-unmatched-callback.js';
export { toRetryDelayMs } from './retry-delay.js';
export { WebhookMetrics } from './webhook-metrics.js';
export { createCallUrls, toSmsStatusUrl } from './webhook-urls.js';

/** The adapters of the configured carrier, and the providers that all of its webhooks need. */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'UnmatchedCallback', schema: unmatchedCallbackSchema }])],
  providers: [
    {
      provide: VoiceCarrier,
      inject: [TelephonyConfig],
      useFactory: (config: TelephonyConfig) => new TwilioVoiceCarrier(toCarrierAccount(config)),
    },
    {
      provide: SmsSender,
      inject: [TelephonyConfig],
      useFactory: (config: TelephonyConfig) => new TwilioSmsSender(toCarrierAccount(config)),
    },
    {
      provide: CarrierWebhooks,
      inject: [TelephonyConfig],
      useFactory: ({
        TWILIO_AUTH_TOKEN: authToken,
        TWILIO_AUTH_TOKEN_PREVIOUS: previousAuthToken,
        TWILIO_ACCOUNT_SID: accountSid,
        PUBLIC_URL: publicUrl,
      }: TelephonyConfig) =>
        new TwilioWebhooks({
          authTokens: [authToken, ...(previousAuthToken === undefined ? [] : [previousAuthToken])],
          accountSid,
          publicUrl,
        }),
    },
    UnmatchedCallbackRepository,
    KeepUnmatchedCallback,
    WebhookMetrics,
  ],
  exports: [VoiceCarrier, SmsSender, CarrierWebhooks, KeepUnmatchedCallback, WebhookMetrics],
})
export class CarrierModule {}
