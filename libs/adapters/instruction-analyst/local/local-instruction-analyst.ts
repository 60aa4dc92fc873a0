import { analyseInstructions } from '#libs/domain/instructions/index.js';
import type { Instructions, InstructionsContext } from '#libs/domain/instructions/model/types.js';
import type { InstructionAnalyst } from '#libs/ports/instruction-analyst.js';

/** The project's own grammar: no account, no network, the same words always give the same findings. */
export class LocalInstructionAnalyst implements InstructionAnalyst {
  analyse(request: InstructionsContext): Promise<Instructions> {
    return Promise.resolve().then(() => analyseInstructions(request));
  }
}
