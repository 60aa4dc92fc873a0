import {
  AnalyticsCustomerErased,
  CancelDeliveryRpc,
  CustomerErased,
  EraseCustomerRpc,
  GetConsentRpc,
  GetCustomerRpc,
  GetErasureRpc,
  NotificationsCustomerErased,
  PutCustomerRpc,
  TelephonyCustomerErased,
  TranscriptionCustomerErased,
} from '#libs/contracts/index.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { eventually, RoutingFixture } from '../testing/routing-fixture.js';

let fixture: RoutingFixture;
let natsUrl: string;

describe('the erasure of a customer', () => {
  beforeAll(async () => {
    const { mongo, nats, redis } = await startTestServers({ mongo: true, nats: true, redis: true });
    natsUrl = nats.url;
    const urls = { mongo: mongo.uri, nats: nats.url, redis: redis.url };
    fixture = await RoutingFixture.start(urls, () => MeshDouble.open(nats.url, 'gateway'));
  });

  afterAll(async () => {
    await fixture?.close();
  });

  it('is refused while deliveries are open, and otherwise leaves only deliveries without their recipient', async () => {
    const [organization, other] = [await fixture.createOrganization(), await fixture.createOrganization()];
    const delivery = await organization.postDelivery();
    const { customerId, deliveryId } = delivery;
    const customer = await organization.call(GetCustomerRpc, { customerId });
    await expect(organization.call(EraseCustomerRpc, { customerId })).rejects.toMatchObject({
      code: 'deliveries_open',
    });
    await expect(other.call(EraseCustomerRpc, { customerId })).rejects.toMatchObject({ code: 'not_found' });
    await organization.call(CancelDeliveryRpc, { deliveryId, cancellation: {} });

    const receipt = await organization.call(EraseCustomerRpc, { customerId });
    expect(receipt.parts.filter(({ state }) => state === 'pending').map(({ app }) => app)).toEqual([
      'telephony',
      'transcription',
      'notifications',
      'analytics',
    ]);
    expect(receipt.retained.length).toBeGreaterThan(3);
    await expect(organization.call(GetCustomerRpc, { customerId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(organization.call(GetConsentRpc, { customerId })).rejects.toMatchObject({ code: 'not_found' });
    expect(await organization.get(delivery)).toMatchObject({
      state: 'canceled',
      reference: delivery.reference,
      position: [0, 0],
    });
    const [erased] = await organization.waitForEvents(CustomerErased, customerId);
    expect(erased?.payload).toEqual({ erasureId: receipt.erasureId, customerId, deliveryIds: [deliveryId] });
    for (const name of ['customers', 'deliveries', 'consentRecords', 'customerErasures']) {
      const rows = await fixture.connection
        .collection(name)
        .find({ organizationId: organization.organizationId })
        .toArray();
      expect(JSON.stringify(rows)).not.toContain(customer.phone);
      expect(JSON.stringify(rows)).not.toContain(customer.name);
    }
    // A customer who is later created with the same number is a new one.
    const { name, phone, position } = customer;
    expect((await organization.call(PutCustomerRpc, { name, phone, position })).customerId).not.toBe(customerId);
  });

  it('completes when every app has reported, and ignores repeated reports', async () => {
    const [organization, other] = [await fixture.createOrganization(), await fixture.createOrganization()];
    const { customerId } = await organization.call(PutCustomerRpc, {
      name: 'Cara',
      phone: '+13125557000',
      position: [0, 50],
    });
    const { erasureId } = await organization.call(EraseCustomerRpc, { customerId });
    const otherApps = await MeshDouble.open(natsUrl, 'gateway');
    const publishReport = (contract: typeof TelephonyCustomerErased) =>
      otherApps.publish(contract, {
        payload: { erasureId, customerId },
        aggregateId: erasureId,
        organizationId: organization.organizationId,
      });
    for (const contract of [TelephonyCustomerErased, TelephonyCustomerErased, TranscriptionCustomerErased]) {
      await publishReport(contract);
    }
    await publishReport(NotificationsCustomerErased);
    const waitForReports = (count: number) =>
      eventually(`${count} reports`, async () => {
        const erasure = await organization.call(GetErasureRpc, { customerId, erasureId });
        return erasure.parts.filter(({ state }) => state === 'done').length === count && erasure;
      });
    expect(await waitForReports(4)).not.toHaveProperty('completedAt');
    await publishReport(AnalyticsCustomerErased);
    expect(await waitForReports(5)).toHaveProperty('completedAt');
    await expect(other.call(GetErasureRpc, { customerId, erasureId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(organization.call(GetErasureRpc, { customerId: 'cus_x', erasureId })).rejects.toMatchObject({
      code: 'not_found',
    });
    await otherApps.close();
  });
});
