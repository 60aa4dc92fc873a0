import { Body, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { PROMPTS, type Language } from '#libs/domain/voice-flow/index.js';
import { CarrierWebhooks, type WebhookParams } from '#libs/ports/voice-carrier.js';
import { NoteInterruption } from '../call-reports/call-reports.module.js';
import { AnswerVoiceWebhook } from './answer-voice-webhook.js';
import { FIRST_STEP } from './take-turn.js';
import {
  createCallUrls,
  CarrierWebhook,
  EMPTY_DOCUMENT,
  KeepUnmatchedCallback,
  WebhookMetrics,
  XML_CONTENT_TYPE,
} from '../carrier/carrier.module.js';
import { TelephonySettings } from '../config/config.module.js';

/** Voice webhooks. The response is the voice document that tells the carrier what to do next. */
@CarrierWebhook()
export class VoiceController {
  constructor(
    private readonly answerVoice: AnswerVoiceWebhook,
    private readonly noteInterruption: NoteInterruption,
    private readonly keepUnmatched: KeepUnmatchedCallback,
    private readonly webhooks: CarrierWebhooks,
    private readonly metrics: WebhookMetrics,
    private readonly settings: TelephonySettings,
  ) {}

  @Post('voice/:attemptId')
  @HttpCode(200)
  @Header('content-type', XML_CONTENT_TYPE)
  begin(
    @Param('attemptId') attemptId: string,
    @Query() query: WebhookParams,
    @Body() body: WebhookParams,
  ): Promise<string> {
    return this.respond(attemptId, FIRST_STEP, query, body);
  }

  @Post('voice/:attemptId/:step')
  @HttpCode(200)
  @Header('content-type', XML_CONTENT_TYPE)
  nextTurn(
    @Param('attemptId') attemptId: string,
    @Param('step') step: string,
    @Query() query: WebhookParams,
    @Body() body: WebhookParams,
  ): Promise<string> {
    return this.respond(attemptId, step, query, body);
  }

  /**
   * The carrier requests this URL when the voice webhook fails. The response depends on no database or broker: it
   * apologizes to the customer and ends the call. Whether the customer is called again is decided when the carrier
   * reports the end. The interruption is recorded in parallel.
   */
  @Post('fallback/:attemptId')
  @HttpCode(200)
  @Header('content-type', XML_CONTENT_TYPE)
  fallback(@Param('attemptId') attemptId: string): string {
    void this.noteInterruption.execute(attemptId);
    const urls = createCallUrls(this.settings.publicUrl, attemptId);
    const languages = Object.keys(PROMPTS) as Language[];
    const apologies = languages.map((language) => ({
      kind: 'say' as const,
      promptKey: 'outOfOrder',
      language,
      text: PROMPTS[language].outOfOrder,
    }));
    return this.webhooks.renderVoice([...apologies, { kind: 'hangup' }], {
      voiceUrl: urls.voice(),
      recordingCallbackUrl: urls.recording,
    });
  }

  private async respond(attemptId: string, step: string, query: WebhookParams, body: WebhookParams): Promise<string> {
    const stopTimer = this.metrics.startVoiceTimer();
    try {
      const request = this.webhooks.parseVoiceRequest(body);
      const input = this.webhooks.parseVoiceInput(body, query);
      const document = await this.answerVoice.execute({ attemptId, step, request, input });
      if (document === undefined) await this.keepUnmatched.execute('voice', attemptId, body);
      stopTimer();
      return document ?? EMPTY_DOCUMENT;
    } catch (error) {
      // The carrier requests the fallback URL, which ends the call. This end must not be treated as a hang-up
      // by the customer.
      void this.noteInterruption.execute(attemptId);
      throw error;
    }
  }
}
