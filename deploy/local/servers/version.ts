/** A release number such as 7.0.15, most significant part first. */
export type Version = readonly number[];

/** Finds the first dotted number in a program's answer to `--version`; `undefined` if there is none. */
export function parseVersion(text: string): Version | undefined {
  const found = /\d+(?:\.\d+)+/.exec(text)?.[0];
  return found?.split('.').map(Number);
}

/** Negative if `a` is older than `b`; missing parts count as 0. */
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
