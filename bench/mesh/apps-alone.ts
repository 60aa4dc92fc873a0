import { appFigures, startStack, type AppName } from '#deploy/local/stack/index.js';

export interface AloneFigures {
  readonly app: string;
  /** From the start of its process to its first successful readiness probe. */
  readonly readyMs: number;
  /** Resident memory when ready, in MB (10⁶ bytes). */
  readonly residentMb: number;
}

/** Starts each app alone on the given servers, one after another, and stops it again. */
export async function measureAppsAlone(
  apps: readonly AppName[],
  env: Readonly<Record<string, string>>,
  report: (line: string) => void,
): Promise<AloneFigures[]> {
  const figures: AloneFigures[] = [];
  for (const app of apps) {
    const stack = await startStack({
      apps: [app],
      servers: [],
      env,
      log: 'file',
      restartsOnExit: false,
      print: report,
      readyDeadlineMs: 120_000,
    });
    try {
      for (const { readyAfterMs, residentMiB } of await appFigures(stack)) {
        figures.push({ app, readyMs: readyAfterMs ?? NaN, residentMb: toMegabytes(residentMiB) });
      }
    } finally {
      await stack.stop();
    }
  }
  return figures;
}

/** Converts MiB to MB; NaN for a process that does not run. */
export const toMegabytes = (mebibytes: number | undefined): number => ((mebibytes ?? NaN) * 2 ** 20) / 10 ** 6;
