import type { CallOutcome } from '#libs/contracts/index.js';

/** Filters of a search. Undefined fields do not restrict it. */
export interface SearchFilter {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly agentId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly outcome?: CallOutcome | undefined;
}

/** The facts about a recording by which a search filters it. */
export interface FilteredFacts {
  readonly spokenAt: Date;
  readonly agentId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly outcome?: CallOutcome | undefined;
}

export type SearchPredicate = (facts: FilteredFacts) => boolean;

/**
 * Builds the predicate of a filter. `from` is inclusive, `to` is exclusive.
 * @returns undefined if the filter accepts everything
 */
export function toPredicate({ from, to, agentId, customerId, outcome }: SearchFilter): SearchPredicate | undefined {
  if (!from && !to && agentId === undefined && customerId === undefined && outcome === undefined) return undefined;
  return (facts) =>
    (!from || facts.spokenAt >= from) &&
    (!to || facts.spokenAt < to) &&
    (agentId === undefined || facts.agentId === agentId) &&
    (customerId === undefined || facts.customerId === customerId) &&
    (outcome === undefined || facts.outcome === outcome);
}
