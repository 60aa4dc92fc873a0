export { PROMPTS, type PromptCatalog } from './prompts/index.js';
export type {
  AnsweredBy,
  Decision,
  DecisionSource,
  DialVerb,
  FollowUpReason,
  GatherVerb,
  Language,
  OfferedSlot,
  PendingAnswer,
  RecordVerb,
  SafePlaceChoice,
  SayVerb,
  Step,
  Verb,
  VoiceFlowContext,
  VoiceFlowState,
  VoiceFlowStep,
  VoiceInput,
} from './model/types.js';
export { advance, getConversationEnding, isFirstQuestionOpen, startVoiceFlow } from './voice-flow.js';
