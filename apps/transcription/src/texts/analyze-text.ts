import { Injectable, Logger } from '@nestjs/common';
import { clipText, InstructionsExtracted } from '#libs/contracts/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { ExtractInstructions } from '../instruction-analysis/instruction-analysis.module.js';
import { WaitingTextRepository } from './waiting-text.repository.js';

/** Payload of the work item that analyzes one text message. */
export interface AnalyzeTextWork {
  readonly messageId: string;
}

/** Extracts the instructions from a customer's text message, with the same analysis as for calls. */
@Injectable()
export class AnalyzeText {
  private readonly logger = new Logger('Messages');

  constructor(
    private readonly texts: WaitingTextRepository,
    private readonly extractInstructions: ExtractInstructions,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /**
   * Publishes the extracted instructions. Idempotent.
   * @throws ProviderError if no analyst succeeds; the queue retries
   */
  async execute(item: WorkItem<AnalyzeTextWork>): Promise<void> {
    const { organizationId } = item;
    const { messageId } = item.payload;
    const waitingText = await this.texts.findById(organizationId, messageId);
    // The text was analyzed already, or erased with the customer's data.
    if (!waitingText) return;
    const { deliveryId, text = '', language: presumedLanguage, zone, window: planned, receivedAt } = waitingText;
    const {
      instructions,
      language,
      by: analyst,
    } = await this.extractInstructions.execute(
      { text, language: presumedLanguage, zone, spokenAt: receivedAt, planned },
      { messageId },
    );
    await this.transactions.run(async (tx) => {
      await item.complete(tx);
      if (!(await this.texts.remove(organizationId, messageId, tx))) return;
      tx.emit({
        contract: InstructionsExtracted,
        organizationId,
        aggregateId: messageId,
        sequence: 1,
        occurredAt: this.clock.now(),
        payload: {
          attemptId: messageId,
          messageId,
          deliveryId,
          text: clipText(text, 10_000),
          instructions,
          language,
          provider: analyst,
        },
      });
      tx.afterCommit(() => this.logger.log({ messageId, deliveryId, analyst }, 'Instructions extracted from a text.'));
    });
  }
}
