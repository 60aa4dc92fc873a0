import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type { KnownWays } from '#libs/domain/assignment/index.js';
import type { Position } from '#libs/domain/geo/index.js';
import { ProviderError } from '#libs/ports/errors.js';
import { TravelTimes } from '#libs/ports/travel-times.js';

interface Placed {
  readonly id: string;
  readonly position: Position;
}

/** So many of the most urgent, and so many agents, are looked up: some hundred blocks at most. */
const MOST_DELIVERIES = 500;
const MOST_AGENTS = 200;

/** How long the ways of a plan take by road, where a map is at hand. A plan never waits for one that does not answer. */
@Injectable()
export class FindKnownWays {
  private readonly logger = new Logger(FindKnownWays.name);

  /** @param times none where the great circle is all there is */
  constructor(@Optional() @Inject(TravelTimes) private readonly times?: TravelTimes) {}

  /** @param deliveries the most urgent first */
  async execute(deliveries: readonly Placed[], agents: readonly Placed[]): Promise<KnownWays | undefined> {
    if (!this.times || deliveries.length === 0 || agents.length === 0) return undefined;
    const [to, from] = [deliveries.slice(0, MOST_DELIVERIES), agents.slice(0, MOST_AGENTS)];
    const positionsOf = (places: readonly Placed[]): Position[] => places.map(({ position }) => position);
    try {
      const seconds = await this.times.between(positionsOf(from), positionsOf(to));
      return new Map(
        to.map(({ id }, column) => [
          id,
          new Map(from.map((agent, row) => [agent.id, seconds[row]?.[column] ?? Infinity])),
        ]),
      );
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      this.logger.warn(`${error.message}; ways are estimated by the great circle.`);
      return undefined;
    }
  }
}
