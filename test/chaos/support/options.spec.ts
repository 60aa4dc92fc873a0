import { FAULT_KINDS, OptionError, readOptions } from './options.js';

it('readOptions has defaults, a short form, and groups of victims', () => {
  expect(readOptions([])).toMatchObject({
    deliveries: 200,
    durationSeconds: 300,
    seeds: [1],
    replicas: 1,
    faults: FAULT_KINDS,
  });
  expect(readOptions(['--short'])).toMatchObject({ deliveries: 60, durationSeconds: 60 });
  expect(readOptions(['--only', 'routing,servers'])).toMatchObject({
    victims: ['routing', 'mongo', 'nats', 'redis', 's3'],
  });
  expect(readOptions(['--faults', 'none', '--seeds', '1,2,5'])).toMatchObject({ faults: [], seeds: [1, 2, 5] });
  expect(readOptions(['--help'])).toBe('help');
});

it.each([
  [['--only', 'simulator'], 'not "simulator"'],
  [['--faults', 'melt'], 'not "melt"'],
  [['--deliveries', '0'], '--deliveries takes a whole number'],
  [['--speed', '0'], '--speed takes a number above 0'],
  [['--nonsense'], '--nonsense'],
])('readOptions rejects %p', (args, message) => {
  expect(() => readOptions(args)).toThrow(OptionError);
  expect(() => readOptions(args)).toThrow(message);
});
