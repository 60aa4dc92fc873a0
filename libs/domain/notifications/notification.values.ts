/** The kinds of device by which an agent can be reached outside the application. */
export const DEVICE_KINDS = ['web_push', 'phone'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** The channels of an escalation to an agent, in their order. */
export const LADDER_CHANNELS = ['websocket', 'push', 'sms'] as const;
export type LadderChannel = (typeof LADDER_CHANNELS)[number];

/** The channels outside the application. */
export const OUTSIDE_CHANNELS = ['push', 'sms'] as const satisfies LadderChannel[];
export type OutsideChannel = (typeof OUTSIDE_CHANNELS)[number];
