import { Logger } from '@nestjs/common';
import type { Instructions, InstructionsContext } from '#libs/domain/instructions/model/types.js';
import type { InstructionAnalyst } from '#libs/ports/instruction-analyst.js';
import { withFailover, type ProviderResult, type NamedProvider } from './failover.js';

/** The configured analysts, in order of preference. */
export class Analysts {
  private readonly logger = new Logger('Transcripts');

  constructor(private readonly analysts: readonly NamedProvider<InstructionAnalyst>[]) {}

  /**
   * Analyzes words with the first analyst that succeeds.
   * @param about fields that identify the words in the log
   * @throws ProviderError if none succeeds
   */
  analyze(request: InstructionsContext, about: object): Promise<ProviderResult<Instructions>> {
    return withFailover(
      this.analysts,
      (analyst) => analyst.analyze(request),
      (name, error) =>
        this.logger.warn({ ...about, analyst: name }, `Analyst failed, trying the next one: ${String(error)}`),
    );
  }
}
