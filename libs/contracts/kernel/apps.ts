/** The apps that own or consume contracts. The simulator stands for external systems and has no contracts. */
export const APPS = ['gateway', 'routing', 'telephony', 'transcription', 'notifications', 'analytics'] as const;

export type AppName = (typeof APPS)[number];
