import type { Instructions, InstructionsContext } from '#libs/domain/instructions/model/types.js';

/**
 * Finds in a customer's words what the agent must know. It abstains rather than invents: a field without evidence in
 * the text stays empty. Throws `ProviderError` when its provider fails; text without instructions is no error.
 */
export abstract class InstructionAnalyst {
  abstract analyse(request: InstructionsContext): Promise<Instructions>;
}
