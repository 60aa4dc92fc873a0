/** Returns a function that calls `create` on its first call and then returns the same object. */
export function once<T extends object>(create: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= create());
}
