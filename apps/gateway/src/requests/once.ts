/** Returns a function that calls `make` on its first call and then returns the same object. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
