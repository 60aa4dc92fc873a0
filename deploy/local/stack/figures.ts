import type { Stack } from './start-stack.js';

export interface AppFigures {
  readonly name: string;
  /** From the start of its process to its first ready answer, in ms. */
  readonly readyAfterMs: number | undefined;
  /** Resident memory now, in MiB. */
  readonly residentMiB: number | undefined;
}

/** Start-up time and memory of each app of a running stack. */
export function appFigures(stack: Pick<Stack, 'apps'>): Promise<AppFigures[]> {
  return Promise.all(
    [...stack.apps.values()].map(async (app) => ({
      name: app.name,
      readyAfterMs: app.readyAfterMs,
      residentMiB: await app.residentMiB(),
    })),
  );
}
