import type { Position } from '#libs/domain/geo/index.js';

/** Provides travel times by road. */
export abstract class TravelTimes {
  /**
   * @param from at least one position
   * @param to at least one position
   * @returns seconds, indexed by `from` and then by `to`; `null` if no road connects the two
   * @throws ProviderError if the routing server fails
   */
  abstract fetchMatrix(
    from: readonly Position[],
    to: readonly Position[],
  ): Promise<readonly (readonly (number | null)[])[]>;
}
