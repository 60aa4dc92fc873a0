export { drawBeta, logBeta, logGamma, type Beta } from './beta.js';
export type { AttemptBudget } from './call-slots.js';
export { ContactModel, type ContactTry, type HourChances, type HourScore } from './contact-model.js';
export {
  afterEarlyHangUp,
  DEFAULT_EARLY_HANG_UP_CHOICE,
  EARLY_HANG_UP_CHOICES,
  type EarlyHangUpChoice,
  type EarlyHangUpDecision,
  type EarlyHangUpQuery,
  type EarlyHangUps,
} from './early-hang-up.js';
export { DAY_TYPES, toDayType, type DayType } from './hour-rates.js';
export {
  planCall,
  planSampledCall,
  type CallPlan,
  type CallPlanQuery,
  type CallTime,
  type ImpossibleReason,
} from './plan-call.js';
export {
  DEFAULT_RETRY_DELAYS,
  retryPolicy,
  type RetryCaps,
  type RetryDecision,
  type RetryDelays,
  type RetryStopReason,
} from './retry-policy.js';
