/** What `make` answers, made at the first call: for what few ask for and an app need not have at its start. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
