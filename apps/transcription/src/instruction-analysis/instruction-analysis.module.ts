import { Module } from '@nestjs/common';
import { ProvidersModule } from '../providers/providers.module.js';
import { UnderstandWords } from './understand-words.js';

export { instructionLocale } from './instruction-locale.js';
export { toContract } from './instructions-contract.js';
export { UnderstandWords, type UnderstoodWords } from './understand-words.js';

/** Extracts instructions from a customer's words. */
@Module({
  imports: [ProvidersModule],
  providers: [UnderstandWords],
  exports: [UnderstandWords],
})
export class InstructionAnalysisModule {}
