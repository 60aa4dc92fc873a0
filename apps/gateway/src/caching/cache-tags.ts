/** What we call things: `dlv_` and 24 hexadecimal digits, as `newId` makes them. */
const ID = /^([a-z]{2,8})_[0-9a-f]{24}$/;

/**
 * The tags under which cached answers are out of date after something happened to this thing: its own, and that of all of its kind
 * (lists are cached under `dlv`).
 */
export function tagsOf(id: unknown): string[] {
  const kind = typeof id === 'string' ? ID.exec(id)?.[1] : undefined;
  return kind === undefined ? [] : [id as string, kind];
}

/** The tags of everything an object's own fields name: `deliveryId`, `customerId`. */
export function tagsNamedIn(object: object): string[] {
  return Object.values(object).flatMap(tagsOf);
}
