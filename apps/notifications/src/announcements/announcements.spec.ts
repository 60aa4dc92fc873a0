import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  AgentCreated,
  AnnouncementPublished,
  AnnouncementsRead,
  ConfirmAnnouncementsRpc,
  DeliveryAssigned,
  ListAnnouncementsRpc,
  ListDevicesRpc,
  ListInboxRpc,
  PublishAnnouncementRpc,
  ReadAnnouncementsRpc,
  RegisterPushSubscriptionRpc,
  RemoveDeviceRpc,
  ReportListenedRpc,
  type AgentFacts,
  type Announcement,
} from '#libs/contracts/index.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { createAssignment, NotificationsFixture, uniqueId, WINDOW } from '../testing/notifications-fixture.js';

let app: NotificationsFixture;
let mesh: MeshDouble;

const eventually = <T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> =>
  waitUntil<T>(probe, { what, everyMs: 25 });

describe('announcements, devices and listening reports of agents', () => {
  beforeAll(async () => {
    const { mongo, nats, redis } = await startTestServers({ mongo: true, nats: true, redis: true });
    app = await NotificationsFixture.start({ mongo: mongo.uri, nats: nats.url, redis: redis.url });
    mesh = await MeshDouble.open(nats.url, 'gateway');
  });

  afterAll(async () => {
    await mesh?.close();
    await app?.close();
  });

  const publish = (organizationId: string, text: string, skill?: string): Promise<Announcement> =>
    mesh.call(PublishAnnouncementRpc, { text, ...(skill === undefined ? {} : { skill }) }, { organizationId });

  const readAnnouncements = (organizationId: string, agentId: string, after?: number, limit = 200) =>
    mesh.call(ReadAnnouncementsRpc, { agentId, limit, ...(after === undefined ? {} : { after }) }, { organizationId });

  async function createAgent(organizationId: string, skills: string[]): Promise<string> {
    const agentId = uniqueId('agt');
    const payload: AgentFacts = {
      agentId,
      name: 'Ana',
      phone: '+442079460001',
      position: [0, 51],
      skills,
      shift: WINDOW,
      capacity: { count: 5 },
      experience: 0.5,
    };
    await mesh.publish(AgentCreated, { payload, aggregateId: agentId, organizationId });
    await eventually(
      'the announcement reader of the agent',
      async () => (await app.findRows('announcementReaders', { _id: agentId }))[0],
    );
    return agentId;
  }

  it('stores an announcement once for every agent of the audience who joined before it was published', async () => {
    const organizationId = uniqueId('org');
    await publish(organizationId, 'before anyone joined');
    const ana = await createAgent(organizationId, ['two_person']);
    const ben = await createAgent(organizationId, []);
    await publish(organizationId, 'for all');
    await publish(organizationId, 'for pairs', 'two_person');
    await publish(organizationId, 'for all again');
    const readTexts = async (agentId: string, after?: number, limit?: number) =>
      (await readAnnouncements(organizationId, agentId, after, limit)).items.map(({ text }) => text);
    expect(await readTexts(ana)).toEqual(['for all', 'for pairs', 'for all again']);
    expect(await readTexts(ben)).toEqual(['for all', 'for all again']);
    expect(await readTexts(ben, 2)).toEqual(['for all again']);
    expect(await app.findRows('announcements', { organizationId })).toHaveLength(4);
    expect((await readAnnouncements('org_other', ana)).items).toEqual([]);
    // `upTo` of a full page is the sequence of its last item. `upTo` of a shorter page is the latest sequence of the
    // organization, even if that announcement is for another audience.
    expect((await readAnnouncements(organizationId, ana, undefined, 1)).upTo).toBe(2);
    expect((await readAnnouncements(organizationId, ben)).upTo).toBe(4);
  });

  it('keeps one read cursor per agent, which never moves back or past the last announcement', async () => {
    const organizationId = uniqueId('org');
    const [ana, ben] = [await createAgent(organizationId, []), await createAgent(organizationId, [])];
    for (const text of ['one', 'two', 'three']) await publish(organizationId, text);
    const confirm = async (upTo: number) =>
      (await mesh.call(ConfirmAnnouncementsRpc, { agentId: ana, upTo }, { organizationId })).readUpTo;
    expect([await confirm(2), await confirm(1), await confirm(2), await confirm(99)]).toEqual([2, 2, 2, 3]);
    expect((await readAnnouncements(organizationId, ana)).items).toEqual([]);
    expect((await readAnnouncements(organizationId, ben)).items).toHaveLength(3);
    const events = (await mesh.published(AnnouncementsRead)).filter(({ aggregateId }) => aggregateId === ana);
    expect(events.map(({ payload, sequence }) => [sequence, payload.readUpTo])).toEqual([
      [1, 2],
      [2, 3],
    ]);
  });

  it('numbers announcements without gaps when they are published concurrently', async () => {
    const organizationId = uniqueId('org');
    await Promise.all(Array.from({ length: 12 }, (_, index) => publish(organizationId, `number ${index}`)));
    const events = (await mesh.published(AnnouncementPublished)).filter(
      (event) => event.organizationId === organizationId,
    );
    expect(events.map(({ payload }) => payload.sequence)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    const page = await mesh.call(ListAnnouncementsRpc, { limit: 5 }, { organizationId });
    expect(page.items.map(({ sequence }) => sequence)).toEqual([12, 11, 10, 9, 8]);
    await publish(organizationId, 'meanwhile');
    const nextPage = await mesh.call(
      ListAnnouncementsRpc,
      { limit: 5, cursor: page.nextCursor ?? '' },
      { organizationId },
    );
    expect(nextPage.items.map(({ sequence }) => sequence)).toEqual([7, 6, 5, 4, 3]);
  });

  it('lets an agent list and remove only their own devices, and lists them without push keys', async () => {
    const [ana, ben] = [uniqueId('agt'), uniqueId('agt')];
    const endpoint = `http://127.0.0.1:9/${uniqueId('push')}`;
    const subscription = { agentId: ana, endpoint, p256dh: 'public-key-of-ana', auth: 'auth-of-ana' };
    const { deviceId } = await mesh.call(RegisterPushSubscriptionRpc, subscription);
    const { items } = await mesh.call(ListDevicesRpc, { agentId: ana });
    expect(items).toMatchObject([{ deviceId, kind: 'web_push', reachedAt: '127.0.0.1:9' }]);
    expect(JSON.stringify(items)).not.toMatch(/of-ana|push_/);
    expect((await mesh.call(ListDevicesRpc, { agentId: ben })).items).toEqual([]);
    await expect(mesh.call(RemoveDeviceRpc, { agentId: ben, deviceId })).rejects.toMatchObject({ code: 'not_found' });
    await mesh.call(RemoveDeviceRpc, { agentId: ana, deviceId });
    expect((await mesh.call(ListDevicesRpc, { agentId: ana })).items).toEqual([]);
  });

  it('lets an agent report listening once, and only for their own messages with a recording', async () => {
    const [withoutRecording, withRecording] = [createAssignment(), createAssignment({ recordingId: uniqueId('rec') })];
    for (const payload of [withoutRecording, withRecording]) {
      await mesh.publish(DeliveryAssigned, { payload, aggregateId: payload.deliveryId, organizationId: 'org_1' });
    }
    const readMessage = (agentId: string) =>
      eventually(
        'the message',
        async () => (await mesh.call(ListInboxRpc, { agentId, afterSequence: 0, limit: 1 })).items[0],
      );
    const messageWithoutRecording = await readMessage(withoutRecording.agentId);
    const messageWithRecording = await readMessage(withRecording.agentId);
    const reportListened = (agentId: string, messageId: string) => mesh.call(ReportListenedRpc, { agentId, messageId });
    const firstReport = await reportListened(withRecording.agentId, messageWithRecording.messageId);
    expect(firstReport.listenedAt).toBeDefined();
    app.clock.advance(5);
    expect((await reportListened(withRecording.agentId, messageWithRecording.messageId)).listenedAt).toBe(
      firstReport.listenedAt,
    );
    await expect(reportListened(withoutRecording.agentId, messageWithRecording.messageId)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(reportListened(withoutRecording.agentId, messageWithoutRecording.messageId)).rejects.toMatchObject({
      code: 'nothing_to_hear',
    });
  });
});
