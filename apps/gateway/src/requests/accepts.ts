/**
 * Whether an `Accept` header accepts a media type. An absent or empty header accepts everything. Parameters other than
 * `q` are ignored.
 */
export function accepts(header: string | undefined, mediaType: string): boolean {
  if (header === undefined || header.trim() === '') return true;
  const [type] = mediaType.split('/', 1);
  const ranges = header.split(',').map((range) => {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    return { name, isRefused: q !== undefined && Number(q.slice(2)) === 0 };
  });
  // The most specific range decides.
  for (const candidate of [mediaType, `${type}/*`, '*/*']) {
    const match = ranges.find(({ name }) => name === candidate);
    if (match) return !match.isRefused;
  }
  return false;
}
