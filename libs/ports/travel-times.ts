import type { Position } from '#libs/domain/geo/index.js';

/** Tells how long ways take by road. */
export abstract class TravelTimes {
  /**
   * @param from at least one @param to at least one
   * @returns seconds, by `from` and then by `to`; `null` where no road leads
   * @throws ProviderError when whoever knows the roads does not answer
   */
  abstract between(
    from: readonly Position[],
    to: readonly Position[],
  ): Promise<readonly (readonly (number | null)[])[]>;
}
