import type { Stack } from './start-stack.js';

export interface AppFigures {
  readonly name: string;
  /** Time from the start of the process until the app was ready, in milliseconds. */
  readonly readyAfterMs: number | undefined;
  /** Current resident memory, in MiB. */
  readonly residentMiB: number | undefined;
}

/** Returns the startup time and the memory of each app of a running stack. */
export function appFigures(stack: Pick<Stack, 'apps'>): Promise<AppFigures[]> {
  return Promise.all(
    [...stack.apps.values()].map(async (app) => ({
      name: app.name,
      readyAfterMs: app.readyAfterMs,
      residentMiB: await app.residentMiB(),
    })),
  );
}
