/**
 * Whether an `Accept` header accepts a media type. An absent or empty header accepts everything. Parameters other than
 * `q` are ignored.
 */
export function accepts(header: string | undefined, media: string): boolean {
  if (header === undefined || header.trim() === '') return true;
  const [type] = media.split('/', 1);
  const ranges = header.split(',').map((range) => {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    return { name, refused: q !== undefined && Number(q.slice(2)) === 0 };
  });
  // The most specific range decides.
  for (const candidate of [media, `${type}/*`, '*/*']) {
    const found = ranges.find(({ name }) => name === candidate);
    if (found) return !found.refused;
  }
  return false;
}
