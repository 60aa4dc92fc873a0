import type { Position } from '#libs/domain/geo/index.js';
import type { TravelTimes } from '#libs/ports/travel-times.js';
import { requestRouter, toTravelTimes } from '../request-router.js';
import { requestInBlocks } from '../request-in-blocks.js';
import type { RouterOptions } from '../osrm/osrm-travel-times.js';

/** Positions on each side of a block. Valhalla accepts 2,500 pairs by default (`max_matrix_location_pairs`). */
const BLOCK_SIDE = 50;
const DEFAULT_TIMEOUT_MS = 2_000;

const toLocation = ([lon, lat]: Position): { lon: number; lat: number } => ({ lon, lat });

/** Travel times from Valhalla's time-distance matrix (`sources_to_targets`, costing `auto`). */
export class ValhallaTravelTimes implements TravelTimes {
  constructor(private readonly options: RouterOptions) {}

  fetchMatrix(from: readonly Position[], to: readonly Position[]): Promise<readonly (readonly (number | null)[])[]> {
    return requestInBlocks(from, to, BLOCK_SIDE, (rows, columns) => this.requestMatrix(rows, columns));
  }

  private async requestMatrix(from: readonly Position[], to: readonly Position[]): Promise<(number | null)[][]> {
    const { url, timeoutMs = DEFAULT_TIMEOUT_MS } = this.options;
    const response = (await requestRouter(
      'valhalla',
      new URL('sources_to_targets', url.endsWith('/') ? url : `${url}/`),
      {
        timeoutMs,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          sources: from.map(toLocation),
          targets: to.map(toLocation),
          costing: 'auto',
          units: 'kilometers',
        }),
      },
    )) as { sources_to_targets?: unknown } | null;
    const rows = response?.sources_to_targets;
    const times = Array.isArray(rows) ? rows.map(toTimes) : rows;
    return toTravelTimes('valhalla', times, from.length, to.length);
  }
}

/**
 * Maps a row of the matrix to seconds, or `null` without a route. Returns a value that is not an array unchanged, so
 * that `toTravelTimes` rejects it.
 */
function toTimes(row: unknown): unknown {
  return Array.isArray(row) ? row.map((pair: { time?: unknown } | null) => pair?.time ?? null) : row;
}
