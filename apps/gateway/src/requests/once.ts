/** Returns a function that calls `make` on its first call and then returns the same object. */
export function once<T extends object>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}
