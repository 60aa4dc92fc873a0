import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import { splitInstructions } from '#libs/contracts/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import {
  ExtractInstructions,
  type ExtractedInstructions,
} from '../instruction-analysis/instruction-analysis.module.js';
import { withInstructions } from '../transcripts/transcripts.module.js';
import { TranscriptSteps, type TranscriptWork } from './transcript-steps.js';

/** Extracts the instructions from the customer's words. Publishes them in the transaction that saves them. */
@Injectable()
export class AnalyzeTranscript {
  private readonly logger = new Logger('Transcripts');

  constructor(
    private readonly steps: TranscriptSteps,
    private readonly extractInstructions: ExtractInstructions,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /**
   * Never throws an error of an external system: such an error marks the transcript as failed, or postpones the work
   * item for a retry.
   */
  async execute(item: TranscriptWork): Promise<void> {
    const transcript = await this.steps.begin(item, 'transcribed');
    if (!transcript) return;
    let extracted: ExtractedInstructions;
    try {
      extracted = await this.extract(item, transcript);
    } catch (error) {
      await this.steps.fail(item, 'transcribed', transcript, error);
      return;
    }
    await this.transactions.run(async (tx) => {
      const current = await this.steps.load(item, tx);
      await this.steps.save(tx, item, current, withInstructions(current, extracted, this.clock.now()));
    });
  }

  private async extract(
    item: TranscriptWork,
    { words, context, deliveryId, attemptId }: TranscriptDocument,
  ): Promise<ExtractedInstructions> {
    const { zone, spokenAt, window: planned } = context;
    const customerWords = {
      text: words?.text ?? '',
      language: words?.language ?? ('en' as const),
      zone,
      spokenAt,
      planned,
    };
    const extracted = await this.extractInstructions.execute(customerWords, item.payload);
    const fieldNames = Object.keys(splitInstructions(extracted.instructions).findings);
    this.logger.log(
      { ...item.payload, deliveryId, attemptId, analyst: extracted.by, found: fieldNames },
      fieldNames.length === 0 ? 'Instructions extracted: none.' : `Instructions extracted: ${fieldNames.join(', ')}.`,
    );
    return extracted;
  }
}
