/** What is injected for each port; the module chooses the adapters. */
export const VOICE_CARRIER = Symbol('VOICE_CARRIER');
export const CARRIER_WEBHOOKS = Symbol('CARRIER_WEBHOOKS');
export const SMS_SENDER = Symbol('SMS_SENDER');
export const OBJECT_STORE = Symbol('OBJECT_STORE');
export const RECORDING_TRANSFER = Symbol('RECORDING_TRANSFER');
