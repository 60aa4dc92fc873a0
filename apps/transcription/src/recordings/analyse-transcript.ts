import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import { splitInstructions } from '#libs/contracts/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import { UnderstandWords, type UnderstoodWords } from '../instruction-analysis/instruction-analysis.module.js';
import { withInstructions } from '../transcripts/transcripts.module.js';
import { TranscriptSteps, type TranscriptWork } from './transcript-steps.js';

/** What the customer's words ask for, told to the mesh once. */
@Injectable()
export class AnalyseTranscript {
  private readonly logger = new Logger('Transcripts');

  constructor(
    private readonly steps: TranscriptSteps,
    private readonly understandWords: UnderstandWords,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** Any error of the outside is judged here, none leaves. */
  async execute(item: TranscriptWork): Promise<void> {
    const transcript = await this.steps.begin(item, 'transcribed');
    if (!transcript) return;
    let understood: UnderstoodWords;
    try {
      understood = await this.understand(item, transcript);
    } catch (error) {
      await this.steps.fail(item, 'transcribed', transcript, error);
      return;
    }
    await this.transactions.run(async (tx) => {
      const current = await this.steps.load(item, tx);
      await this.steps.save(tx, item, current, withInstructions(current, understood, this.clock.now()));
    });
  }

  private async understand(
    item: TranscriptWork,
    { words, context, deliveryId, attemptId }: TranscriptDocument,
  ): Promise<UnderstoodWords> {
    const { zone, spokenAt: saidAt, window: planned } = context;
    const said = { text: words?.text ?? '', language: words?.language ?? ('en' as const), zone, saidAt, planned };
    const understood = await this.understandWords.execute(said, item.payload);
    const fields = Object.keys(splitInstructions(understood.instructions).findings);
    this.logger.log(
      { ...item.payload, deliveryId, attemptId, analyst: understood.by, found: fields },
      fields.length === 0 ? 'Understood: nothing is asked for.' : `Understood: ${fields.join(', ')}.`,
    );
    return understood;
  }
}
