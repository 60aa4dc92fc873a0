/**
 * The local profile with shorter waits: seconds in place of minutes. Nothing else differs from `npm start`. The settle
 * time still covers the simulated carrier's timeout and the lag of its call list.
 */
export const DEMO_ENVIRONMENT: Readonly<Record<string, string>> = {
  RETRY_BUSY_SECONDS: '3',
  RETRY_NO_ANSWER_SECONDS: '4',
  RETRY_DROPPED_SECONDS: '2',
  RETRY_NOT_PLACED_SECONDS: '1',
  UNDERSTANDING_TIMEOUT_SECONDS: '200',
  PUSH_AFTER_SECONDS: '2',
  SMS_AFTER_SECONDS: '60',
  CARRIER_TIMEOUT_MS: '3000',
  CARRIER_SETTLE_MS: '8000',
  CALL_WATCH_SECONDS: '4',
  RECORDING_SEARCH_SECONDS: '4',
  SIMULATOR_TIME_SCALE: '6',
  WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',
};
