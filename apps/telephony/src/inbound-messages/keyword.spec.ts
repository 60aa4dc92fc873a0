import { parseKeyword } from './keyword.js';

describe('keyword of a text message', () => {
  it.each([
    ['STOP', 'stop'],
    [' stop. ', 'stop'],
    ['Baja', 'stop'],
    ['start', 'start'],
    ['Help!', 'help'],
    ['please stop at the neighbor', undefined],
    ['', undefined],
  ])('of %j is %s', (body, keyword) => {
    expect(parseKeyword(body, { isSuppressed: true })).toBe(keyword);
  });
});
