import { analyzeInstructions } from '#libs/domain/instructions/index.js';
import type { Instructions, InstructionsContext } from '#libs/domain/instructions/model/types.js';
import type { InstructionAnalyst } from '#libs/ports/instruction-analyst.js';

/** Analyzes instructions with DelAuto's own grammar. Deterministic; needs no account and no network. */
export class LocalInstructionAnalyst implements InstructionAnalyst {
  analyze(request: InstructionsContext): Promise<Instructions> {
    return Promise.resolve().then(() => analyzeInstructions(request));
  }
}
