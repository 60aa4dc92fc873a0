/**
 * The local profile with shorter delays: what takes minutes for real customers takes seconds here. The settle time
 * still covers the simulator's carrier timeout and listing lag.
 */
export function acceleratedEnvironment(options: { readonly speed: number; readonly telephonyUrl: string }): {
  readonly env: Readonly<Record<string, string>>;
  readonly appEnv: Readonly<Record<string, Readonly<Record<string, string>>>>;
} {
  const { speed, telephonyUrl } = options;
  return {
    env: {
      RETRY_BUSY_SECONDS: '3',
      RETRY_NO_ANSWER_SECONDS: '6',
      RETRY_DROPPED_SECONDS: '2',
      RETRY_NOT_PLACED_SECONDS: '1',
      // The times of calls must not depend on earlier runs of the same seed.
      LEARN_CALL_TIMES: 'false',
      UNDERSTANDING_TIMEOUT_SECONDS: '60',
      CONFIRMATION_HOLD_SECONDS: '60',
      PUSH_AFTER_SECONDS: '4',
      SMS_AFTER_SECONDS: '30',
      CARRIER_TIMEOUT_MS: '3000',
      CARRIER_SETTLE_MS: '8000',
      CALL_WATCH_SECONDS: '4',
      RECORDING_SEARCH_SECONDS: '4',
      WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',
      RATE_LIMIT_PER_MINUTE: '60000',
      RATE_LIMIT_ADDRESS_PER_MINUTE: '120000',
    },
    appEnv: {
      telephony: { PUBLIC_URL: telephonyUrl },
      simulator: {
        SIMULATOR_TIME_SCALE: String(speed),
        // Speech is recognized without errors from the script, so that customers' words need no voice file.
        SIMULATOR_GATHER: 'word-errors:0',
        SIMULATOR_VOICE_URL: `${telephonyUrl}/twilio/calls/inbound`,
        SIMULATOR_VOICE_STATUS_URL: `${telephonyUrl}/twilio/calls/inbound/status`,
        SIMULATOR_SMS_URL: `${telephonyUrl}/twilio/sms/inbound`,
      },
    },
  };
}
