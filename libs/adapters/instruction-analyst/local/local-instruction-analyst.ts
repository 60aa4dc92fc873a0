import { analyzeInstructions } from '#libs/domain/instructions/analyze-instructions.js';
import type { Instructions, InstructionsContext } from '#libs/domain/instructions/index.js';
import type { ReaderModel } from '#libs/domain/instructions/reading/reader-model.js';
import type { InstructionAnalyst } from '#libs/ports/instruction-analyst.js';
import { loadReaderModel } from './reader-model-file.js';

/** Extracts instructions on this machine: what people want by a trained reader, what must be exact by grammars. */
export class LocalInstructionAnalyst implements InstructionAnalyst {
  constructor(private readonly model: ReaderModel = loadReaderModel()) {}

  analyze(request: InstructionsContext): Promise<Instructions> {
    return Promise.resolve(analyzeInstructions(request, this.model));
  }
}
