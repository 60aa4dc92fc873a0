import { Inject, Injectable, Logger } from '@nestjs/common';
import { Instructions, parseContract } from '#libs/contracts/index.js';
import type { InstructionAnalyst } from '#libs/ports/instruction-analyst.js';
import { firstThatAnswers, type NamedProvider } from './first-that-answers.js';
import { instructionLocale } from './instruction-locale.js';
import { toContract } from './instructions-contract.js';
import { TranscriptSteps, type TranscriptWork } from './transcript-steps.js';
import { withInstructions } from './transcript.js';

/** The analysts, in the order in which they are asked. */
export const INSTRUCTION_ANALYST = Symbol('INSTRUCTION_ANALYST');

/** What the customer's words ask for, told to the mesh once. Words that ask for nothing are an answer, too. */
@Injectable()
export class AnalyseTranscript {
  private readonly logger = new Logger('Transcripts');

  constructor(
    @Inject(TranscriptSteps) private readonly steps: TranscriptSteps,
    @Inject(INSTRUCTION_ANALYST) private readonly analysts: readonly NamedProvider<InstructionAnalyst>[],
  ) {}

  execute(item: TranscriptWork): Promise<void> {
    return this.steps.run(item, 'transcribed', async ({ words, context, deliveryId, attemptId }) => {
      const text = words?.text ?? '';
      const said = {
        text,
        locale: instructionLocale(words?.language ?? 'en', context.zone),
        zone: context.zone,
        now: context.spokenAt,
        planned: context.window,
        // The recording holds the whole call: every question's answer.
        question: 'open',
      } as const;
      const { answer: found, by } = await firstThatAnswers(
        this.analysts,
        (analyst) => analyst.analyse(said),
        (name, error) =>
          this.logger.warn({ ...item.payload, analyst: name }, `The next one is asked: ${String(error)}`),
      );
      // Checked before anything is saved, so that an analyst's nonsense is its failure and not the transaction's.
      const instructions = parseContract(Instructions, toContract(found, text, context.window), 'reject');
      const fields = Object.keys(instructions).filter((name) => name !== 'complexity');
      this.logger.log(
        { ...item.payload, deliveryId, attemptId, analyst: by, found: fields },
        fields.length === 0 ? 'Understood: nothing is asked for.' : `Understood: ${fields.join(', ')}.`,
      );
      return (transcript, now) => withInstructions(transcript, instructions, by, now);
    });
  }
}
