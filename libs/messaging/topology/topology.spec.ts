import { ContractRegistry, defineEvent, type AppName } from '#libs/contracts/kernel/index.js';
import { IdField } from '#libs/contracts/fields/index.js';
import { DEFAULT_TUNING } from '../options/options.js';
import {
  declareConsumers,
  toDeadLetterSubject,
  toRedriveSubject,
  declareStreams,
  listUnusedStreams,
} from './topology.js';

class Payload {
  @IdField() id!: string;
}

const event = (subject: string, ...consumers: AppName[]) =>
  defineEvent({ subject, payload: Payload, consumers, summary: '' });
const registry = new ContractRegistry(
  [
    event('routing.a.happened.v1', 'telephony', 'analytics'),
    event('routing.b.happened.v1', 'analytics'),
    event('telephony.c.happened.v1', 'routing'),
  ],
  [],
);

it('has one stream for each owner, and those for dead letters, redrives, starts and advisories', () => {
  expect(declareStreams(registry, DEFAULT_TUNING).map(({ name }) => name)).toEqual([
    'EVENTS_ROUTING',
    'EVENTS_TELEPHONY',
    'DEAD_LETTERS',
    'REDRIVE',
    'STARTS',
    'DELIVERY_ADVISORIES',
  ]);
});

it('subscribes an app exactly to the events that it consumes', () => {
  const getFilters = (app: AppName) =>
    Object.fromEntries(
      declareConsumers(app, registry, DEFAULT_TUNING).map(({ stream, config }) => [stream, config.filter_subjects]),
    );
  expect(getFilters('telephony')).toEqual({
    EVENTS_ROUTING: ['routing.a.happened.v1'],
    REDRIVE: ['redrive.telephony.>'],
    DELIVERY_ADVISORIES: ['$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.*.telephony'],
  });
  expect(getFilters('analytics')['EVENTS_ROUTING']).toEqual(['routing.a.happened.v1', 'routing.b.happened.v1']);
  expect(listUnusedStreams('telephony', registry)).toEqual(['EVENTS_TELEPHONY']);
});

it('limits unacknowledged events and waits for explicit acknowledgements', () => {
  for (const { config } of declareConsumers('analytics', registry, DEFAULT_TUNING)) {
    expect(config).toMatchObject({
      durable_name: 'analytics',
      ack_policy: 'explicit',
      max_ack_pending: 256,
      ack_wait: 10_000_000_000,
    });
  }
});

it('separates the subjects of dead letters and redrives from those of events', () => {
  const subjects = declareStreams(registry, DEFAULT_TUNING).flatMap((stream) => stream.subjects);
  expect(subjects).toContain('dead.>');
  expect(subjects).toContain('redrive.>');
  expect(toDeadLetterSubject('telephony', 'routing.a.happened.v1')).toBe('dead.telephony.routing.a.happened.v1');
  expect(toRedriveSubject('telephony', 'routing.a.happened.v1')).toBe('redrive.telephony.routing.a.happened.v1');
});
