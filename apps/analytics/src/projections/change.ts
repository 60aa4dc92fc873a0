/**
 * The algebra of projections. An event says facts about things; a fact is either the earliest instant of something
 * ("first answered at") or the newest version of a value ("the outcome"). Both are joins, so facts may arrive in any
 * order and any number of times, and end in the same projection.
 */
export const PROJECTIONS = [
  'deliveries',
  'assignments',
  'calls',
  'customers',
  'agents',
  'messages',
  'webhooks',
  'words',
] as const;
export type ProjectionName = (typeof PROJECTIONS)[number];

export type Scalar = string | number | boolean;

/** A value with what orders its versions: when it became so, and the event that said so. */
export interface Versioned {
  readonly at: Date;
  readonly eventId: string;
  readonly value: Scalar;
}

/** What one event says about one thing. */
export interface ProjectionChange {
  readonly projection: ProjectionName;
  readonly organizationId: string;
  /** The id of the thing: of the delivery, the attempt, the message… */
  readonly key: string;
  /** Fields that keep the earliest instant. */
  readonly earliest: Readonly<Record<string, Date>>;
  /** Fields that keep the newest version. */
  readonly newest: Readonly<Record<string, Versioned>>;
}

/** A projection of one thing, as far as its events have arrived. */
export interface ProjectedThing {
  readonly earliest: Readonly<Record<string, Date>>;
  readonly newest: Readonly<Record<string, Versioned>>;
}

export const NOTHING_KNOWN: ProjectedThing = { earliest: {}, newest: {} };

/** Joins a change into what is known. Commutative, associative and idempotent. */
export function join(thing: ProjectedThing, change: Pick<ProjectionChange, 'earliest' | 'newest'>): ProjectedThing {
  const earliest = { ...thing.earliest };
  for (const [field, at] of Object.entries(change.earliest)) {
    const known = earliest[field];
    if (known === undefined || at < known) earliest[field] = at;
  }
  const newest = { ...thing.newest };
  for (const [field, version] of Object.entries(change.newest)) {
    const known = newest[field];
    if (known === undefined || isNewer(version, known)) newest[field] = version;
  }
  return { earliest, newest };
}

/** By instant, then by event id, so that there is never a tie between different events. */
function isNewer(a: Versioned, b: Versioned): boolean {
  const difference = a.at.getTime() - b.at.getTime();
  return difference === 0 ? a.eventId > b.eventId : difference > 0;
}

/** The things that a set of changes is about, joined; the database does the same with `$min` and `$max`. */
export function joinAll(changes: Iterable<ProjectionChange>): Map<string, ProjectedThing> {
  const things = new Map<string, ProjectedThing>();
  for (const change of changes) {
    const id = `${change.projection}/${change.organizationId}/${change.key}`;
    things.set(id, join(things.get(id) ?? NOTHING_KNOWN, change));
  }
  return things;
}
