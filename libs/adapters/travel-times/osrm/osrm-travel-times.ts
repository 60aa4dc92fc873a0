import type { Position } from '#libs/domain/geo/index.js';
import type { TravelTimes } from '#libs/ports/travel-times.js';
import { requestRouter, toTravelTimes } from '../request-router.js';
import { requestInBlocks } from '../request-in-blocks.js';

/** Options of a routing server. */
export interface RouterOptions {
  /** Base URL of the routing server. */
  readonly url: string;
  /** Timeout of the request for one block. Default: 2 s. */
  readonly timeoutMs?: number | undefined;
}

/** Positions on each side of a block. OSRM accepts 100 coordinates in total by default (`--max-table-size`). */
const BLOCK_SIDE = 50;
const DEFAULT_TIMEOUT_MS = 2_000;

/** Travel times from OSRM's table service (HTTP API v1, profile `driving`). */
export class OsrmTravelTimes implements TravelTimes {
  constructor(private readonly options: RouterOptions) {}

  fetchMatrix(from: readonly Position[], to: readonly Position[]): Promise<readonly (readonly (number | null)[])[]> {
    return requestInBlocks(from, to, BLOCK_SIDE, (rows, columns) => this.requestTable(rows, columns));
  }

  private async requestTable(from: readonly Position[], to: readonly Position[]): Promise<(number | null)[][]> {
    const { url, timeoutMs = DEFAULT_TIMEOUT_MS } = this.options;
    const coordinates = [...from, ...to].map(([lng, lat]) => `${lng.toFixed(6)},${lat.toFixed(6)}`).join(';');
    const toIndexes = (count: number, first: number): string =>
      Array.from({ length: count }, (_, index) => first + index).join(';');
    const tableUrl = new URL(`table/v1/driving/${coordinates}`, url.endsWith('/') ? url : `${url}/`);
    const sources = toIndexes(from.length, 0);
    const destinations = toIndexes(to.length, from.length);
    tableUrl.search = `annotations=duration&sources=${sources}&destinations=${destinations}`;
    const response = (await requestRouter('osrm', tableUrl, { timeoutMs })) as { durations?: unknown } | null;
    return toTravelTimes('osrm', response?.durations, from.length, to.length);
  }
}
