import { contractRegistry } from '#libs/contracts/index.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { ConsumerLags } from './consumer-lags.js';
import { DeadLetters, type DeadLetterContent } from './dead-letters.js';
import { NatsLink } from '../link/nats-link.js';
import { NOOP_OBSERVER } from '../options/observer.js';
import { toMessagingSettings, type MessagingSettings } from '../options/options.js';

describe('DeadLetters and ConsumerLags', () => {
  let link: NatsLink;
  let settings: MessagingSettings;
  let letters: DeadLetters;

  beforeAll(async () => {
    const { nats } = await startTestServers({ nats: true });
    settings = toMessagingSettings({ app: 'gateway', natsUrl: nats.url, registry: contractRegistry }, NOOP_OBSERVER);
    link = await NatsLink.open(settings);
    letters = new DeadLetters(link);
  });

  afterAll(() => link?.close());

  async function storeLetter(messageId: string, consumer: DeadLetterContent['consumer'] = 'routing'): Promise<void> {
    await letters.store({
      consumer,
      messageId,
      subject: 'telephony.call.placed.v1',
      reason: 'handler_failed',
      code: 'E',
      message: 'm',
      stackHead: '',
      deliveries: 8,
      deadAt: '2026-03-02T15:00:00Z',
      body: '{}',
      headers: {},
    });
  }
  const toIds = (found: readonly { messageId: string }[]): string[] => found.map(({ messageId }) => messageId);

  it('report no dead letters before the stream exists', async () => {
    expect(await letters.listLatest({ limit: 10 })).toEqual([]);
    const lags = new ConsumerLags(link, settings);
    expect(await lags.countDeadLetters()).toBe(0);
    expect(new Set((await lags.read()).map(({ state }) => state))).toEqual(new Set(['missing']));
  });

  it('list dead letters latest first, in pages, across gaps and other apps’ dead letters', async () => {
    await link.ensureTopology();
    for (let count = 1; count <= 40; count += 1)
      await storeLetter(`m${count}`, count % 10 === 0 ? 'analytics' : 'routing');
    expect(toIds(await letters.listLatest({ limit: 3 }))).toEqual(['m40', 'm39', 'm38']);
    const [, , third] = await letters.listLatest({ limit: 3 });
    expect(toIds(await letters.listLatest({ limit: 2, before: third?.id ?? '' }))).toEqual(['m37', 'm36']);
    expect(toIds(await letters.listLatest({ limit: 3, consumer: 'analytics' }))).toEqual(['m40', 'm30', 'm20']);
    const analytics = await letters.listLatest({ limit: 3, consumer: 'analytics' });
    const lastPage = await letters.listLatest({ limit: 3, consumer: 'analytics', before: analytics[2]?.id ?? '' });
    expect(toIds(lastPage)).toEqual(['m10']);

    for (const { id } of await letters.listLatest({ limit: 38 })) await letters.redrive(id);
    expect(toIds(await letters.listLatest({ limit: 10 }))).toEqual(['m2', 'm1']);
    await expect(letters.listLatest({ limit: 1, before: 'nonsense' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await new ConsumerLags(link, settings).countDeadLetters()).toBe(2);
  });

  it('count the events that are not delivered to an app yet', async () => {
    await link.js.publish('gateway.organization.created.v1', '{}');
    await link.js.publish('routing.delivery.created.v1', '{}');
    const lags = await new ConsumerLags(link, settings).read();
    const gatewayLag = lags.find(({ app, stream }) => app === 'gateway' && stream === 'EVENTS_ROUTING');
    expect(gatewayLag).toEqual({
      app: 'gateway',
      stream: 'EVENTS_ROUTING',
      state: 'up',
      pending: 1,
      inFlight: 0,
      redelivered: 0,
    });
    expect(lags.find(({ app }) => app === 'analytics')).toMatchObject({ state: 'missing', pending: 0 });
  });
});
