import { toPageJson, paginate } from './paging.js';
import { parseDateFilter, formatRfc2822 } from './twilio-dates.js';

const createItems = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ sid: `CA${from + index}` }));

describe('paging', () => {
  it('returns every item once, even while new items are added at the front', () => {
    const listedSids: string[] = [];
    let allItems = createItems(5, 10);
    let query: Record<string, string> = { PageSize: '2', To: '+14155550142' };
    for (;;) {
      const page = paginate(allItems, '/Calls.json', query);
      listedSids.push(...page.items.map(({ sid }) => sid));
      if (page.nextPageUri === null) break;
      query = Object.fromEntries(new URLSearchParams(page.nextPageUri.split('?')[1]));
      expect(query['To']).toBe('+14155550142');
      allItems = [...createItems(1, listedSids.length - 100), ...allItems];
    }
    expect(listedSids).toEqual(createItems(5, 10).map(({ sid }) => sid));
  });

  it('uses Twilio’s envelope', () => {
    const page = paginate(createItems(3), '/Calls.json', { PageSize: '2', Page: '1' });
    expect(toPageJson('calls', page, ({ sid }) => sid)).toEqual({
      calls: ['CA2'],
      first_page_uri: '/Calls.json?PageSize=2&Page=0',
      next_page_uri: null,
      previous_page_uri: '/Calls.json?PageSize=2&Page=0',
      uri: '/Calls.json?PageSize=2&Page=1',
      page: 1,
      page_size: 2,
      start: 2,
      end: 2,
    });
  });

  it('rejects an invalid page size or token', () => {
    expect(() => paginate(createItems(3), '/x', { PageSize: 'many' })).toThrow('PageSize');
    expect(() => paginate(createItems(3), '/x', { PageToken: 'PACA77' })).toThrow('PageToken');
  });
});

describe('Twilio dates', () => {
  it('are formatted as RFC 2822 in UTC', () => {
    expect(formatRfc2822(Date.UTC(2010, 7, 31, 20, 36, 28, 999))).toBe('Tue, 31 Aug 2010 20:36:28 +0000');
  });

  it('filter by day and by instant', () => {
    const noon = Date.UTC(2026, 10, 23, 12);
    const isInRange = (value: string, comparison: '=' | '<' | '>'): boolean => {
      const range = parseDateFilter(value, comparison);
      return range !== undefined && noon >= range.fromMs && noon < range.toMs;
    };
    expect([
      isInRange('2026-11-23', '='),
      isInRange('2026-11-24', '='),
      isInRange('2026-11-23T12:00:00Z', '>'),
      isInRange('2026-11-23T12:00:00Z', '<'),
    ]).toEqual([true, false, true, true]);
    expect(parseDateFilter('yesterday', '=')).toBeUndefined();
  });
});
