/** The parts of a version such as 7.0.15, most significant first. */
export type Version = readonly number[];

/** Returns the first dotted number in the output of `--version`; `undefined` when the output has no such number. */
export function parseVersion(text: string): Version | undefined {
  const found = /\d+(?:\.\d+)+/.exec(text)?.[0];
  return found?.split('.').map(Number);
}

/**
 * Compares two versions. Missing parts count as 0.
 * @returns a negative number if `a` is older than `b`
 */
export function compareVersions(a: Version, b: Version): number {
  for (let part = 0; part < Math.max(a.length, b.length); part += 1) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function formatVersion(version: Version): string {
  return version.join('.');
}
