import { Injectable, Logger } from '@nestjs/common';
import { splitInstructions } from '#libs/contracts/index.js';
import { TranscriptSteps, type TranscriptWork } from './transcript-steps.js';
import { withInstructions } from './transcript.js';
import { UnderstandWords } from './understand-words.js';

/** What the customer's words ask for, told to the mesh once. */
@Injectable()
export class AnalyseTranscript {
  private readonly logger = new Logger('Transcripts');

  constructor(
    private readonly steps: TranscriptSteps,
    private readonly understandWords: UnderstandWords,
  ) {}

  execute(item: TranscriptWork): Promise<void> {
    return this.steps.run(item, 'transcribed', async ({ words, context, deliveryId, attemptId }) => {
      const { zone, spokenAt: saidAt, window: planned } = context;
      const said = { text: words?.text ?? '', language: words?.language ?? ('en' as const), zone, saidAt, planned };
      const understood = await this.understandWords.execute(said, item.payload);
      const fields = Object.keys(splitInstructions(understood.instructions).findings);
      this.logger.log(
        { ...item.payload, deliveryId, attemptId, analyst: understood.by, found: fields },
        fields.length === 0 ? 'Understood: nothing is asked for.' : `Understood: ${fields.join(', ')}.`,
      );
      return (transcript, now) => withInstructions(transcript, understood, now);
    });
  }
}
