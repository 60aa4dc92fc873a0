import { Logger } from '@nestjs/common';
import type { Instructions, InstructionsContext } from '#libs/domain/instructions/model/types.js';
import type { InstructionAnalyst } from '#libs/ports/instruction-analyst.js';
import { firstThatAnswers, type Answer, type NamedProvider } from './first-that-answers.js';

/** The configured analysts, in the order in which they are asked. */
export class Analysts {
  private readonly logger = new Logger('Transcripts');

  constructor(private readonly inOrder: readonly NamedProvider<InstructionAnalyst>[]) {}

  /**
   * What the first analyst that answers has understood.
   * @param about names the words in the log
   * @throws ProviderError when none answers
   */
  analyse(request: InstructionsContext, about: object): Promise<Answer<Instructions>> {
    return firstThatAnswers(
      this.inOrder,
      (analyst) => analyst.analyse(request),
      (name, error) => this.logger.warn({ ...about, analyst: name }, `The next one is asked: ${String(error)}`),
    );
  }
}
