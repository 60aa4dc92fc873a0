import { Injectable } from '@nestjs/common';
import type { MessageReceivedPayload } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { ANALYZE_TEXT, TRANSCRIPTION_QUEUE } from '../config/config.module.js';
import type { AnalyzeTextWork } from './analyze-text.js';
import { WaitingTextRepository } from './waiting-text.repository.js';

/** Stores a customer's text and schedules its analysis in the same transaction, so that a crash cannot lose it. */
@Injectable()
export class ReceiveText {
  constructor(
    private readonly texts: WaitingTextRepository,
    private readonly queue: WorkQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * Does nothing if the message already has instructions, because the customer replied with the number of an option.
   */
  async execute(organizationId: OrganizationId, message: MessageReceivedPayload, tx: Transaction): Promise<void> {
    if (message.instructions) return;
    const { messageId, deliveryId, text, language, zone, window, receivedAt } = message;
    const planned = { start: new Date(window.start), end: new Date(window.end) };
    const waiting = { deliveryId, text, language, zone, window: planned, receivedAt: new Date(receivedAt) };
    await this.texts.insert(organizationId, { _id: messageId, ...waiting }, tx);
    // The text is not part of the work item, because the queue keeps its items for weeks, longer than a customer's
    // text may be kept.
    await this.queue.schedule(tx, {
      queue: TRANSCRIPTION_QUEUE,
      kind: ANALYZE_TEXT,
      key: `analyse-text.${messageId}`,
      dueAt: this.clock.now(),
      organizationId,
      payload: { messageId } satisfies AnalyzeTextWork,
    });
  }
}
