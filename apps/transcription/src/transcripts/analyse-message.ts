import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  clipText,
  Instructions,
  InstructionsExtracted,
  parseContract,
  type MessageReceivedPayload,
} from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/platform/clock/clock.js';
import type { InstructionAnalyst } from '#libs/ports/instruction-analyst.js';
import { INSTRUCTION_ANALYST } from './analyse-transcript.js';
import { firstThatAnswers, type NamedProvider } from './first-that-answers.js';
import { instructionLocale } from './instruction-locale.js';
import { toContract } from './instructions-contract.js';

/** What a text message asks for, by the same analysis as what is said in a call. */
@Injectable()
export class AnalyseMessage {
  private readonly logger = new Logger('Messages');

  constructor(
    @Inject(INSTRUCTION_ANALYST) private readonly analysts: readonly NamedProvider<InstructionAnalyst>[],
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Tells what was understood. An answer by number is understood already. */
  async execute(organizationId: OrganizationId, message: MessageReceivedPayload, tx: Transaction): Promise<void> {
    const { messageId, deliveryId, text, zone, language, receivedAt } = message;
    if (message.instructions) return;
    const planned = { start: new Date(message.window.start), end: new Date(message.window.end) };
    const said = {
      text,
      locale: instructionLocale(language, zone),
      zone,
      now: new Date(receivedAt),
      planned,
      question: 'open',
    } as const;
    const { answer: found, by } = await firstThatAnswers(
      this.analysts,
      (analyst) => analyst.analyse(said),
      (name, error) => this.logger.warn({ messageId, analyst: name }, `The next one is asked: ${String(error)}`),
    );
    const instructions = parseContract(Instructions, toContract(found, text, planned), 'reject');
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
        provider: by,
      },
    });
    tx.afterCommit(() => this.logger.log({ messageId, deliveryId, analyst: by }, 'A text was understood.'));
  }
}
