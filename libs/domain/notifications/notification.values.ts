/** The kinds of device by which an agent can be reached outside the application. */
export const DEVICE_KINDS = ['web_push', 'phone'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** The channels of an escalation to an agent, in the order in which they are used. */
export const ESCALATION_CHANNELS = ['websocket', 'push', 'sms'] as const;
export type EscalationChannel = (typeof ESCALATION_CHANNELS)[number];

/** The channels outside the application. */
export const EXTERNAL_CHANNELS = ['push', 'sms'] as const satisfies EscalationChannel[];
export type ExternalChannel = (typeof EXTERNAL_CHANNELS)[number];
