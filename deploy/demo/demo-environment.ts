/**
 * The local profile, hurried: customers wait minutes in life and seconds here. Nothing else differs from `npm start`.
 * The settle time still covers the carrier's time-out and the lag of its listing, as the simulator has them.
 */
export const DEMO_ENVIRONMENT: Readonly<Record<string, string>> = {
  RETRY_BUSY_SECONDS: '3',
  RETRY_NO_ANSWER_SECONDS: '4',
  RETRY_DROPPED_SECONDS: '2',
  RETRY_NOT_PLACED_SECONDS: '1',
  UNDERSTANDING_TIMEOUT_SECONDS: '60',
  PUSH_AFTER_SECONDS: '2',
  SMS_AFTER_SECONDS: '60',
  CARRIER_TIMEOUT_MS: '3000',
  CARRIER_SETTLE_MS: '8000',
  CALL_WATCH_SECONDS: '4',
  RECORDING_SEARCH_SECONDS: '4',
  SIMULATOR_TIME_SCALE: '6',
  WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',
};
