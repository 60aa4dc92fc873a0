import type { Instructions, InstructionsContext } from '#libs/domain/instructions/model/types.js';

/**
 * Extracts instructions from a customer's words. A field without evidence in the text stays empty.
 */
export abstract class InstructionAnalyst {
  /**
   * Analyzes one text. Returns empty instructions if the text contains none.
   * @throws ProviderError if the provider fails
   */
  abstract analyze(request: InstructionsContext): Promise<Instructions>;
}
