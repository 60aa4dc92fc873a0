import { Injectable, Logger } from '@nestjs/common';
import { PROMPTS, type Language, type Verb, type VoiceInput } from '#libs/domain/voice-flow/index.js';
import { TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { CarrierWebhooks, type VoiceRequest } from '#libs/ports/voice-carrier.js';
import { newInboundCallback, toInboundAttemptId } from './inbound-callback.js';
import { CallLogRepository, CallMetrics } from '../call-log/call-log.module.js';
import { TelephonySettings } from '../config/config.module.js';
import { createCallUrls } from '../carrier/carrier.module.js';
import { AnswerVoiceWebhook, FIRST_STEP } from '../conversation/conversation.module.js';
import { FindOpenQuestion } from '../open-questions/open-questions.module.js';

/**
 * Answers an inbound call. A customer, recognized by the phone number, has the conversation about the delivery of the
 * latest open question. Any other caller hears that there is no open question.
 */
@Injectable()
export class ReceiveCall {
  private readonly logger = new Logger(ReceiveCall.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly findOpenQuestion: FindOpenQuestion,
    private readonly answerVoice: AnswerVoiceWebhook,
    private readonly webhooks: CarrierWebhooks,
    private readonly metrics: CallMetrics,
    private readonly settings: TelephonySettings,
    private readonly clock: Clock,
  ) {}

  /** @returns the voice document */
  async execute(request: VoiceRequest, input: VoiceInput): Promise<string> {
    const attemptId = await this.transactions.run((tx) => this.openAttempt(request, tx), { queueKey: request.from });
    this.metrics.recordReceivedCall(attemptId === undefined ? 'unknown' : 'customer');
    const document = attemptId && (await this.answerVoice.execute({ attemptId, step: FIRST_STEP, request, input }));
    return document ?? this.renderNoOpenQuestion(request.carrierCallId);
  }

  /**
   * Opens an attempt for an inbound callback. Idempotent.
   * @returns the id of the attempt; undefined if the caller has no open question
   */
  private async openAttempt({ carrierCallId, from }: VoiceRequest, tx: Transaction): Promise<string | undefined> {
    const attemptId = toInboundAttemptId(carrierCallId);
    if (await this.callLogs.findInAnyOrganization(attemptId, tx)) return attemptId;
    const now = this.clock.now();
    const question = await this.findOpenQuestion.execute(from, now, tx);
    if (!question) return undefined;
    // Reserves the number, so that the customer is not called during this call. If another call has reserved the number
    // already, that reservation stays.
    const isNumberFree = !(await this.callLogs.isNumberOpen(from, tx));
    const { callLog, events } = newInboundCallback(question, carrierCallId, isNumberFree, now);
    await this.callLogs.create(tx, question.organizationId, callLog, events);
    const { deliveryId } = callLog;
    this.logger.log({ attemptId, deliveryId, ringBackOf: question.askedBy }, 'Inbound callback received.');
    return attemptId;
  }

  private renderNoOpenQuestion(carrierCallId: string): string {
    const languages = Object.keys(PROMPTS) as Language[];
    const verbs: Verb[] = languages.map((language) => ({
      kind: 'say',
      promptKey: 'noOpenQuestion',
      language,
      text: PROMPTS[language].noOpenQuestion,
    }));
    const urls = createCallUrls(this.settings.publicUrl, toInboundAttemptId(carrierCallId));
    return this.webhooks.renderVoice([...verbs, { kind: 'hangup' }], {
      voiceUrl: urls.voice(),
      recordingCallbackUrl: urls.recording,
    });
  }
}
