import { parseKeyword } from './keyword.js';

describe('parseKeyword', () => {
  it.each([
    ['STOP', 'stop'],
    [' stop. ', 'stop'],
    ['Baja', 'stop'],
    ['start', 'start'],
    ['Help!', 'help'],
    ['please stop at the neighbor', undefined],
    ['', undefined],
  ])('parses %j as %s', (body, keyword) => {
    expect(parseKeyword(body, { isSuppressed: true })).toBe(keyword);
  });
});
