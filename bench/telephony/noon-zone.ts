/** A zone in which it is about noon, so that calling is lawful at whatever hour the bench runs. */
export function noonZone(now: Date): string {
  const offset = 12 - now.getUTCHours();
  // The signs of these names are the other way round.
  return offset === 0 ? 'Etc/GMT' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}
