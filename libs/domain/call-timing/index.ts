export { planCall, type CallPlan, type CallPlanQuery, type ImpossibleReason } from './plan-call.js';
export {
  DEFAULT_RETRY_DELAYS,
  retryPolicy,
  type RetryCaps,
  type RetryDecision,
  type RetryDelays,
  type RetryStopReason,
} from './retry-policy.js';
