import { instructionAnalystConformance } from '../instruction-analyst.conformance.js';
import { LocalInstructionAnalyst } from './local-instruction-analyst.js';

instructionAnalystConformance('local grammar', () => Promise.resolve(new LocalInstructionAnalyst()));
