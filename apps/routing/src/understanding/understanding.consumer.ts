import { Controller, Inject } from '@nestjs/common';
import {
  InstructionsCorrected,
  InstructionsExtracted,
  MessageReceived,
  RecordingMissing,
  RecordingStored,
  TranscriptionFailed,
  type EventEnvelope,
  type InstructionsCorrectedPayload,
  type InstructionsExtractedPayload,
  type MessageReceivedPayload,
  type RecordingMissingPayload,
  type RecordingStoredPayload,
  type TranscriptionFailedPayload,
} from '#libs/contracts/index.js';
import { OnEvent, type EventContext } from '#libs/messaging/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { DELIVERY_QUEUE } from '../delivery-queue.js';
import { ApplyInstructions } from './apply-instructions.js';
import type { UnderstandingOverdueWork } from './await-understanding.js';
import { EndWaiting } from './end-waiting.js';

/** What becomes of recordings: understood, unreadable, missing, or too late. */
@Controller()
export class UnderstandingConsumer {
  constructor(
    @Inject(ApplyInstructions) private readonly applyInstructions: ApplyInstructions,
    @Inject(EndWaiting) private readonly endWaiting: EndWaiting,
    @Inject(TransactionRunner) private readonly transactions: TransactionRunner,
  ) {}

  @OnEvent(InstructionsExtracted)
  onInstructions(
    event: EventEnvelope<InstructionsExtractedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    return this.applyInstructions.execute(organizationId, event.payload, tx);
  }

  @OnEvent(InstructionsCorrected)
  onCorrected(
    { payload }: EventEnvelope<InstructionsCorrectedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    return this.applyInstructions.execute(organizationId, payload, tx);
  }

  /** An answer by number needs no understanding. */
  @OnEvent(MessageReceived)
  async onMessage(
    { payload }: EventEnvelope<MessageReceivedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    const { instructions, ...message } = payload;
    if (instructions) await this.applyInstructions.execute(organizationId, { ...message, instructions }, tx);
  }

  @OnEvent(RecordingStored)
  onRecording({ payload }: EventEnvelope<RecordingStoredPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.endWaiting.keepRecording(organizationId, payload.deliveryId, payload.recordingId, tx);
  }

  @OnEvent(TranscriptionFailed)
  onFailure(
    { payload }: EventEnvelope<TranscriptionFailedPayload>,
    { organizationId, tx }: EventContext,
  ): Promise<void> {
    return this.endWaiting.execute(organizationId, payload, tx);
  }

  @OnEvent(RecordingMissing)
  onMissing({ payload }: EventEnvelope<RecordingMissingPayload>, { organizationId, tx }: EventContext): Promise<void> {
    return this.endWaiting.execute(organizationId, payload, tx);
  }

  @WorkHandler(DELIVERY_QUEUE, 'understanding-overdue')
  async onOverdue(item: WorkItem<UnderstandingOverdueWork>): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.endWaiting.execute(item.organizationId, item.payload, tx);
      await item.complete(tx);
    });
  }
}
