import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type { KnownTravelTimes } from '#libs/domain/assignment/index.js';
import type { Position } from '#libs/domain/geo/index.js';
import { ProviderError } from '#libs/ports/errors.js';
import { TravelTimes } from '#libs/ports/travel-times.js';

interface Place {
  readonly id: string;
  readonly position: Position;
}

/** Maximum deliveries in the requested matrix. The others use great-circle estimates. */
const MAX_DELIVERIES = 500;
/** Maximum agents in the requested matrix. The others use great-circle estimates. */
const MAX_AGENTS = 200;

/**
 * Looks up road travel times for a plan from a routing server. If the server fails, the plan uses great-circle
 * estimates.
 */
@Injectable()
export class FindTravelTimes {
  private readonly logger = new Logger(FindTravelTimes.name);

  /** @param times the routing server, if one is configured */
  constructor(@Optional() @Inject(TravelTimes) private readonly times?: TravelTimes) {}

  /**
   * @param deliveries the most urgent first
   * @returns travel times in seconds by delivery id and agent id, or `undefined` if they are not available
   */
  async execute(deliveries: readonly Place[], agents: readonly Place[]): Promise<KnownTravelTimes | undefined> {
    if (!this.times || deliveries.length === 0 || agents.length === 0) return undefined;
    const [to, from] = [deliveries.slice(0, MAX_DELIVERIES), agents.slice(0, MAX_AGENTS)];
    const toPositions = (places: readonly Place[]): Position[] => places.map(({ position }) => position);
    try {
      const seconds = await this.times.fetchMatrix(toPositions(from), toPositions(to));
      return new Map(
        to.map(({ id }, column) => [
          id,
          new Map(from.map((agent, row) => [agent.id, seconds[row]?.[column] ?? Infinity])),
        ]),
      );
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      this.logger.warn(`Travel times unavailable; using great-circle estimates: ${error.message}`);
      return undefined;
    }
  }
}
