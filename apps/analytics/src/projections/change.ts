/** Names of the projections. Each is one MongoDB collection. */
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

/** A value and the key that orders its versions: the instant it became valid, then the id of the event that set it. */
export interface VersionedValue {
  readonly at: Date;
  readonly eventId: string;
  readonly value: Scalar;
}

/** The facts that one event states about one entity. `join` merges them into the entity's projection. */
export interface ProjectionChange {
  readonly projection: ProjectionName;
  readonly organizationId: string;
  /** Id of the entity, such as a delivery, an attempt or a message. */
  readonly key: string;
  /** Fields that keep the earliest instant. */
  readonly earliest: Readonly<Record<string, Date>>;
  /** Fields that keep the newest version. */
  readonly newest: Readonly<Record<string, VersionedValue>>;
}

/** The projection of one entity, computed from the events consumed so far. */
export interface ProjectedEntity {
  readonly earliest: Readonly<Record<string, Date>>;
  readonly newest: Readonly<Record<string, VersionedValue>>;
}

export const EMPTY_PROJECTION: ProjectedEntity = { earliest: {}, newest: {} };

/**
 * Joins a change into a projection. An event states facts about entities. A fact is either the earliest instant of a
 * step ("first answered at") or the newest version of a value ("the outcome"). The join is commutative, associative and
 * idempotent, so events that arrive in any order and any number of times produce the same projection.
 */
export function join(entity: ProjectedEntity, change: Pick<ProjectionChange, 'earliest' | 'newest'>): ProjectedEntity {
  const earliest = { ...entity.earliest };
  for (const [field, at] of Object.entries(change.earliest)) {
    const current = earliest[field];
    if (current === undefined || at < current) earliest[field] = at;
  }
  const newest = { ...entity.newest };
  for (const [field, version] of Object.entries(change.newest)) {
    const current = newest[field];
    if (current === undefined || isNewer(version, current)) newest[field] = version;
  }
  return { earliest, newest };
}

/** Compares by instant, then by event id, so that versions of different events never tie. */
function isNewer(a: VersionedValue, b: VersionedValue): boolean {
  const difference = a.at.getTime() - b.at.getTime();
  return difference === 0 ? a.eventId > b.eventId : difference > 0;
}

/** Joins changes by entity. The database does the same with `$min` and `$max`. */
export function joinAll(changes: Iterable<ProjectionChange>): Map<string, ProjectedEntity> {
  const entities = new Map<string, ProjectedEntity>();
  for (const change of changes) {
    const id = `${change.projection}/${change.organizationId}/${change.key}`;
    entities.set(id, join(entities.get(id) ?? EMPTY_PROJECTION, change));
  }
  return entities;
}
