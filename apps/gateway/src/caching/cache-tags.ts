/** An id as `createId` creates it: a prefix for the kind of resource, such as `dlv`, and 24 hexadecimal digits. */
const RESOURCE_ID_PATTERN = /^([a-z]{2,8})_[0-9a-f]{24}$/;

/**
 * Returns the cache tags to invalidate when the resource with this id changes: its id, and its kind, such as `dlv`,
 * under which lists are cached.
 */
export function toCacheTags(id: unknown): string[] {
  const kind = typeof id === 'string' ? RESOURCE_ID_PATTERN.exec(id)?.[1] : undefined;
  return kind === undefined ? [] : [id as string, kind];
}

/** Returns the cache tags of all ids in an object's top-level fields, such as `deliveryId` and `customerId`. */
export function collectCacheTags(object: object): string[] {
  return Object.values(object).flatMap(toCacheTags);
}
