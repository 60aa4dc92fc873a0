import { keywordOf } from './keyword.js';

describe('keywords', () => {
  it.each([
    ['STOP', 'stop'],
    [' stop. ', 'stop'],
    ['Baja', 'stop'],
    ['start', 'start'],
    ['Help!', 'help'],
    ['please stop at the neighbour', undefined],
    ['', undefined],
  ])('reads %j as %s', (body, keyword) => {
    expect(keywordOf(body, { isSuppressed: true })).toBe(keyword);
  });
});
