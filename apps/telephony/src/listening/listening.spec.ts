import fc from 'fast-check';
import { parseByteRange } from './byte-range.js';
import { ListeningLinks } from './listening-links.js';

describe('signed link to a recording', () => {
  const links = new ListeningLinks('https://listen.example.com', ['secret of today']);
  const expiresAt = new Date('2026-03-03T12:15:00Z');
  const now = new Date('2026-03-03T12:00:00.400Z');
  const parseQuery = (url: string): Record<string, string> => Object.fromEntries(new URL(url).searchParams);

  it('is valid for its recording until it expires', () => {
    const url = links.sign('rec_1', expiresAt);
    expect(url).toMatch(/^https:\/\/listen\.example\.com\/recordings\/rec_1\/audio\.wav\?/);
    expect(links.getSecondsLeft('rec_1', parseQuery(url), now)).toBe(899);
    expect(links.getSecondsLeft('rec_1', parseQuery(url), expiresAt)).toBe(0);
    expect(links.getSecondsLeft('rec_2', parseQuery(url), now)).toBe(0);
  });

  it('cannot be forged, extended or altered', () => {
    const query = parseQuery(links.sign('rec_1', expiresAt));
    expect(links.getSecondsLeft('rec_1', { ...query, expires: '9999999999' }, now)).toBe(0);
    for (const invalid of [
      {},
      { expires: query['expires'] },
      { signature: query['signature'] },
      { expires: 'NaN', signature: '' },
    ]) {
      expect(links.getSecondsLeft('rec_1', invalid, now)).toBe(0);
    }
    const otherLinks = new ListeningLinks('https://x.example', ['another secret']);
    expect(links.getSecondsLeft('rec_1', parseQuery(otherLinks.sign('rec_1', expiresAt)), now)).toBe(0);
  });

  it('stays valid after a rotation while the previous secret is configured', () => {
    const query = parseQuery(links.sign('rec_1', expiresAt));
    expect(new ListeningLinks('x', ['new', 'secret of today']).getSecondsLeft('rec_1', query, now)).toBe(899);
  });
});

describe('byte range of a request', () => {
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=44-143', { start: 44, end: 143 }],
    ['bytes=900-', { start: 900, end: 999 }],
    ['bytes=900-5000', { start: 900, end: 999 }],
    ['bytes=-100', { start: 900, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=0-1,5-6', undefined],
    ['bytes=9-3', undefined],
    ['bytes=-', undefined],
    ['lines=1-2', undefined],
    [undefined, undefined],
  ] as const)('%s of 1,000 bytes is %p', (header, expected) => {
    expect(parseByteRange(header, 1000)).toEqual(expected);
  });

  it('lies within the representation for any header', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat({ max: 5000 }), (text, first, last, size) => {
        for (const header of [text, `bytes=${first}-${last}`, `bytes=${first}-`, `bytes=-${last}`]) {
          const range = parseByteRange(header, size);
          if (typeof range !== 'object') continue;
          expect(range.start).toBeGreaterThanOrEqual(0);
          expect(range.end).toBeGreaterThanOrEqual(range.start);
          expect(range.end).toBeLessThan(size);
        }
      }),
    );
  });
});
