import type { CallOutcome } from '#libs/contracts/index.js';

/** What a search may be narrowed by. */
export interface SearchFilter {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly agentId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly outcome?: CallOutcome | undefined;
}

/** What a recording is filtered by. */
export interface FilteredFacts {
  readonly spokenAt: Date;
  readonly agentId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly outcome?: CallOutcome | undefined;
}

export type Passes = (facts: FilteredFacts) => boolean;

/** Undefined where everything passes. `from` is included, `to` is not. */
export function predicateOf({ from, to, agentId, customerId, outcome }: SearchFilter): Passes | undefined {
  if (!from && !to && agentId === undefined && customerId === undefined && outcome === undefined) return undefined;
  return (facts) =>
    (!from || facts.spokenAt >= from) &&
    (!to || facts.spokenAt < to) &&
    (agentId === undefined || facts.agentId === agentId) &&
    (customerId === undefined || facts.customerId === customerId) &&
    (outcome === undefined || facts.outcome === outcome);
}
