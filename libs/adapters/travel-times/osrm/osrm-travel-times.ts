import type { Position } from '#libs/domain/geo/index.js';
import type { TravelTimes } from '#libs/ports/travel-times.js';
import { requestRouter, toTravelTimes } from '../request-router.js';
import { requestInBlocks } from '../request-in-blocks.js';

export interface RouterOptions {
  readonly url: string;
  /** Timeout of the request for one block, in milliseconds. Defaults to two seconds. */
  readonly timeoutMs?: number | undefined;
}

/** Two sides of 50 positions: OSRM accepts 100 coordinates unless it is started with another `--max-table-size`. */
const BLOCK_SIDE = 50;
const DEFAULT_TIMEOUT_MS = 2_000;

/** OSRM's table service (HTTP API v1, profile `driving`). */
export class OsrmTravelTimes implements TravelTimes {
  constructor(private readonly options: RouterOptions) {}

  between(from: readonly Position[], to: readonly Position[]): Promise<readonly (readonly (number | null)[])[]> {
    return requestInBlocks(from, to, BLOCK_SIDE, (rows, columns) => this.ask(rows, columns));
  }

  private async ask(from: readonly Position[], to: readonly Position[]): Promise<(number | null)[][]> {
    const { url, timeoutMs = DEFAULT_TIMEOUT_MS } = this.options;
    const coordinates = [...from, ...to].map(([lng, lat]) => `${lng.toFixed(6)},${lat.toFixed(6)}`).join(';');
    const indexes = (count: number, first: number): string =>
      Array.from({ length: count }, (_, index) => first + index).join(';');
    const table = new URL(`table/v1/driving/${coordinates}`, url.endsWith('/') ? url : `${url}/`);
    table.search = `annotations=duration&sources=${indexes(from.length, 0)}&destinations=${indexes(to.length, from.length)}`;
    const answer = (await requestRouter('osrm', table, { timeoutMs })) as { durations?: unknown } | null;
    return toTravelTimes('osrm', answer?.durations, from.length, to.length);
  }
}
