export { drawBeta, logBeta, logGamma, type Beta } from './beta.js';
export { ContactModel, type ContactTry, type HourScore } from './contact-model.js';
export { DAY_TYPES, type DayType } from './hour-rates.js';
export { planCall, type CallPlan, type CallPlanQuery, type ImpossibleReason } from './plan-call.js';
export {
  DEFAULT_RETRY_DELAYS,
  retryPolicy,
  type RetryCaps,
  type RetryDecision,
  type RetryDelays,
  type RetryStopReason,
} from './retry-policy.js';
