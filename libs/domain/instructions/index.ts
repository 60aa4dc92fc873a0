export { analyzeInstructions } from './analyze-instructions.js';
export {
  matchChoice,
  matchCommand,
  matchLanguageSwitch,
  matchNoChoice,
  matchYesNo,
  isOptOutRequest,
  type CallCommand,
  type QuickMatch,
} from './wishes/quick-match.js';
export { maskAccessCodes, maskSegments, withoutAccessCodes } from './codes/mask-access-codes.js';
export { fold } from './text/fold.js';
export { spellsCode } from './codes/spells-code.js';
export {
  HANDLINGS,
  HAZARDS,
  INSTRUCTION_LOCALES,
  COMPLEXITY_FACTORS,
  SAFE_PLACES,
  SENTIMENTS,
  type Complexity,
  type Evidence,
  type Found,
  type Handling,
  type Hazard,
  type InstructionLocale,
  type InstructionQuestion,
  type Instructions,
  type InstructionsContext,
  type Recipient,
  type SafePlace,
} from './model/types.js';
export { toComplexityFactors } from './complexity.js';
