import { Module } from '@nestjs/common';
import { ProvidersModule } from '../providers/providers.module.js';
import { ExtractInstructions } from './extract-instructions.js';

export { toInstructionLocale } from './instruction-locale.js';
export { toContract } from './instructions-contract.js';
export { ExtractInstructions, type ExtractedInstructions } from './extract-instructions.js';

/** Extracts instructions from a customer's words. */
@Module({
  imports: [ProvidersModule],
  providers: [ExtractInstructions],
  exports: [ExtractInstructions],
})
export class InstructionAnalysisModule {}
