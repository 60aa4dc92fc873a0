import { Controller } from '@nestjs/common';
import {
  CallCompleted,
  CallDecisionMade,
  CallRefused,
  InstructionsCorrected,
  InstructionsExtracted,
  MessageReceived,
  MessageStatusChanged,
  RecordingMissing,
  RecordingStored,
  TranscriptionFailed,
  type CallCompletedPayload,
  type CallDecisionPayload,
  type CallRefusedPayload,
  type EventEnvelope,
  type InstructionsCorrectedPayload,
  type InstructionsExtractedPayload,
  type MessageReceivedPayload,
  type MessageStatusPayload,
  type RecordingMissingPayload,
  type RecordingStoredPayload,
  type TranscriptionFailedPayload,
} from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { parseAskBackId } from '../deliveries/deliveries.module.js';
import { RecordContactFact } from './record-contact-fact.js';

/** Records events of telephony and transcription about a delivery's customer as contact facts. */
@Controller()
export class CallResultsConsumer {
  constructor(private readonly recordFact: RecordContactFact) {}

  @OnEvent(CallDecisionMade)
  onDecision(
    { payload, sequence }: EventEnvelope<CallDecisionPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    const { attemptId, deliveryId, instructions } = payload;
    const fact = { kind: 'call_findings', attemptId, sequence, instructions } as const;
    return this.recordFact.execute(organizationId, deliveryId, fact, tx);
  }

  @OnEvent(CallCompleted)
  onCompleted(
    { payload, sequence, occurredAt: at }: EventEnvelope<CallCompletedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    const { attemptId, deliveryId, outcome, recordingExpected, instructions } = payload;
    const ended = { kind: 'call_ended', attemptId, sequence, at, outcome, recordingExpected } as const;
    const fact = { ...ended, ...(instructions ? { instructions } : {}) };
    return this.recordFact.execute(organizationId, deliveryId, fact, tx);
  }

  @OnEvent(CallRefused)
  onRefused({ payload }: EventEnvelope<CallRefusedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    const { deliveryId, ...refusal } = payload;
    return this.recordFact.execute(organizationId, deliveryId, { kind: 'call_refused', ...refusal }, tx);
  }

  @OnEvent(RecordingStored)
  onRecording({ payload }: EventEnvelope<RecordingStoredPayload>, { organizationId, tx }: EventContext): Promise<void> {
    const { attemptId, deliveryId, recordingId } = payload;
    return this.recordFact.execute(
      organizationId,
      deliveryId,
      { kind: 'recording_stored', attemptId, recordingId },
      tx,
    );
  }

  @OnEvent(RecordingMissing)
  onMissing({ payload }: EventEnvelope<RecordingMissingPayload>, { organizationId, tx }: EventContext): Promise<void> {
    const { attemptId, deliveryId } = payload;
    return this.recordFact.execute(organizationId, deliveryId, { kind: 'recording_unreadable', attemptId }, tx);
  }

  /** Keeps the recording id: the agent can still listen to the recording. */
  @OnEvent(TranscriptionFailed)
  onFailure(
    { payload }: EventEnvelope<TranscriptionFailedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    const { attemptId, deliveryId, recordingId } = payload;
    const fact = { kind: 'recording_unreadable', attemptId, recordingId } as const;
    return this.recordFact.execute(organizationId, deliveryId, fact, tx);
  }

  @OnEvent(InstructionsExtracted)
  onInstructions(
    { payload, occurredAt: at }: EventEnvelope<InstructionsExtractedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    const { attemptId, messageId, deliveryId, recordingId, text, instructions, language } = payload;
    const words = { text, instructions, ...(language ? { language } : {}), version: 1, at };
    const fact =
      messageId === undefined
        ? ({ kind: 'words_understood', attemptId, recordingId, ...words } as const)
        : ({ kind: 'message_understood', messageId, ...words } as const);
    return this.recordFact.execute(organizationId, deliveryId, fact, tx, language);
  }

  @OnEvent(InstructionsCorrected)
  onCorrected(
    { payload, occurredAt: at }: EventEnvelope<InstructionsCorrectedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    const { attemptId, deliveryId, recordingId, text, instructions, removed, version } = payload;
    const words = { text, instructions, removed, version, at };
    const fact = { kind: 'words_understood', attemptId, recordingId, ...words } as const;
    return this.recordFact.execute(organizationId, deliveryId, fact, tx);
  }

  @OnEvent(MessageReceived)
  onMessage({ payload }: EventEnvelope<MessageReceivedPayload>, { organizationId, tx }: EventContext): Promise<void> {
    const { messageId, deliveryId, receivedAt, text, inReplyTo, instructions, language } = payload;
    const fact = { kind: 'message_received', messageId, receivedAt, text, inReplyTo } as const;
    const withChoice = instructions ? { ...fact, chosen: instructions } : fact;
    return this.recordFact.execute(organizationId, deliveryId, withChoice, tx, language);
  }
  /** An ask-back that does not reach the customer gets no answer, so a dispatcher decides at once. */
  @OnEvent(MessageStatusChanged)
  async onTextStatus(
    { payload }: EventEnvelope<MessageStatusPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    const { notificationId, deliveryId, state } = payload;
    const messageId = parseAskBackId(notificationId);
    if (messageId === undefined || deliveryId === undefined || !UNSENT_STATES.includes(state)) return;
    await this.recordFact.execute(organizationId, deliveryId, { kind: 'ask_back_unanswered', messageId }, tx);
  }
}

/** States of a text that did not reach the customer. */
const UNSENT_STATES: readonly MessageStatusPayload['state'][] = ['suppressed', 'failed'];
