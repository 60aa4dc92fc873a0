/** The apps of the mesh that own or consume contracts. The simulator is the outside world and takes no part. */
export const APPS = ['gateway', 'routing', 'telephony', 'transcription', 'notifications', 'analytics'] as const;

export type AppName = (typeof APPS)[number];
