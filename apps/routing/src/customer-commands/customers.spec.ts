import {
  CallRequested,
  CallWithheld,
  CreateDeliveryRpc,
  CustomerChanged,
  CustomerCreated,
  CustomerOptedIn,
  CustomerOptedOut,
  DeletePreferenceRpc,
  GetConsentRpc,
  GetCustomerRpc,
  GetPreferencesRpc,
  ListCustomersRpc,
  PutConsentRpc,
  PutCustomerRpc,
  PutPreferencesRpc,
  SetDoNotCallRpc,
  UpdateCustomerRpc,
  type Customer,
  type CustomerInput,
  type CustomerPage,
  type ListCustomersRequest,
} from '#libs/contracts/index.js';
import { parseOrganizationId } from '#libs/persistence/index.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { MORNING, RoutingFixture, type TestOrganization } from '../testing/routing-fixture.js';
import { CustomerRepository } from '../customers/customer.repository.js';

let fixture: RoutingFixture;
let serial = 0;

function putCustomer(organization: TestOrganization, overrides: Partial<CustomerInput> = {}): Promise<Customer> {
  serial += 1;
  const phone = `+1312555${String(3000 + serial)}`;
  return organization.call(PutCustomerRpc, {
    name: 'Cara',
    phone,
    position: [-87.6, 41.9],
    legalBasis: 'consent',
    ...overrides,
  });
}

async function listAllNames(
  organization: TestOrganization,
  filter: Omit<ListCustomersRequest, 'limit'>,
): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page: CustomerPage = await organization.call(ListCustomersRpc, {
      limit: 2,
      ...filter,
      ...(cursor ? { cursor } : {}),
    });
    names.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor);
  return names;
}

describe('customers', () => {
  beforeAll(async () => {
    const { mongo, nats, redis } = await startTestServers({ mongo: true, nats: true, redis: true });
    const urls = { mongo: mongo.uri, nats: nats.url, redis: redis.url };
    fixture = await RoutingFixture.start(urls, () => MeshDouble.open(nats.url, 'gateway'));
  });

  afterAll(async () => {
    await fixture?.close();
  });

  beforeEach(() => fixture.clock.set(MORNING));

  it('are listed newest first, filtered by number, by a name prefix in any case, and by opt-out', async () => {
    const [organization, other] = [await fixture.createOrganization(), await fixture.createOrganization()];
    await putCustomer(other, { name: 'Maria Foreign' });
    const names = ['Mario', 'José', 'maria', 'MARÍA', 'Marc', 'Zoe'];
    const customers: Customer[] = [];
    for (const name of names) customers.push(await putCustomer(organization, { name }));
    const [mario] = customers;
    const optOut = { doNotCall: true, reason: 'asked by letter', source: 'customer' as const };
    await organization.call(SetDoNotCallRpc, { customerId: mario?.customerId ?? '', ...optOut });
    expect(await listAllNames(organization, {})).toEqual([...names].reverse());
    expect(await listAllNames(organization, { namePrefix: 'mAR' })).toEqual(['Marc', 'maria', 'MARÍA', 'Mario']);
    expect(await listAllNames(organization, { namePrefix: 'jose' })).toEqual(['José']);
    expect(await listAllNames(organization, { namePrefix: 'mar', doNotCall: false })).toEqual([
      'Marc',
      'maria',
      'MARÍA',
    ]);
    expect(await listAllNames(organization, { doNotCall: true })).toEqual(['Mario']);
    expect(await listAllNames(organization, { phone: customers[1]?.phone ?? '' })).toEqual(['José']);
  });

  it('are listed with indexes that serve filter and sort order: a page of 20 rows examines 22 at most', async () => {
    const organization = await fixture.createOrganization();
    const tenant = parseOrganizationId(organization.organizationId);
    const model = fixture.connection.model<{ _id: string }>('Customer');
    const row = (index: number) => ({
      _id: `cus_${String(index).padStart(24, '0')}`,
      organizationId: tenant,
      revision: 1,
      sequence: 0,
      name: `N${index}`,
      foldedName: `n${String(index).padStart(5, '0')}`,
      phone: `+1415${String(1_000_000 + index)}`,
      position: [0, 0],
      stated: {},
      learned: {},
      doNotCall: index % 2 === 0,
      recentAttempts: [],
      createdAt: MORNING,
      updatedAt: MORNING,
    });
    await model.collection.insertMany(Array.from({ length: 2_000 }, (_, index) => row(index)) as never[]);
    const examinedCounts: number[] = [];
    const repository = fixture.app.get(CustomerRepository);
    const countExamined = async (filter: object, sort: Record<string, 1 | -1>): Promise<number> => {
      const plan = (await model.collection
        .find({ organizationId: tenant, ...filter })
        .sort(sort)
        .limit(21)
        .explain('executionStats')) as { executionStats: { totalKeysExamined: number; totalDocsExamined: number } };
      return Math.max(plan.executionStats.totalKeysExamined, plan.executionStats.totalDocsExamined);
    };
    const middle = row(1000);
    examinedCounts.push(await countExamined({}, { _id: -1 }));
    examinedCounts.push(await countExamined({ _id: { $lt: middle._id } }, { _id: -1 }));
    examinedCounts.push(await countExamined({ doNotCall: true, _id: { $lt: middle._id } }, { _id: -1 }));
    examinedCounts.push(
      await countExamined({ foldedName: { $gte: 'n0', $lt: 'n0\u{10FFFF}' } }, { foldedName: 1, _id: 1 }),
    );
    examinedCounts.push(
      await countExamined(
        { doNotCall: true, foldedName: { $gte: 'n0', $lt: 'n0\u{10FFFF}' } },
        { foldedName: 1, _id: 1 },
      ),
    );
    // Includes the row after which the page starts.
    expect(Math.max(...examinedCounts)).toBeLessThanOrEqual(22);
    const after = { foldedName: middle.foldedName, id: middle._id };
    const [next] = await repository.findPageByName(tenant, 'n', {}, 21, after);
    expect(next?.foldedName).toBe('n01001');
  });

  it('are published with their id only, and an upsert without changes is not published', async () => {
    const organization = await fixture.createOrganization();
    const first = await putCustomer(organization, { language: 'es' });
    expect(first).toMatchObject({ language: 'es', revision: 1 });
    const input = { name: 'Cara', phone: first.phone, position: first.position, language: 'es' as const };
    fixture.clock.set(new Date(MORNING.getTime() + 60_000));
    expect(await organization.call(PutCustomerRpc, input)).toEqual(first);
    expect(await organization.call(PutCustomerRpc, { ...input, address: '5 Elm Street' })).toMatchObject({
      revision: 2,
    });
    const [created] = await organization.waitForEvents(CustomerCreated, first.customerId);
    const changed = await organization.waitForEvents(CustomerChanged, first.customerId);
    expect(created?.payload).toEqual({ customerId: first.customerId });
    expect(changed.map(({ payload }) => payload)).toEqual([{ customerId: first.customerId, parts: ['facts'] }]);
  });

  it('have unique phone numbers, and planned calls use a changed number', async () => {
    const organization = await fixture.createOrganization();
    const [cara, dora] = [await putCustomer(organization), await putCustomer(organization, { name: 'Dora' })];
    const delivery = await organization.call(CreateDeliveryRpc, {
      reference: 'later',
      customerId: cara.customerId,
      window: { start: fixture.hoursFromNow(30), end: fixture.hoursFromNow(33) },
    });
    const { customerId } = cara;
    await organization.call(PutPreferencesRpc, {
      customerId,
      preferences: { callWindows: [{ start: fixture.hoursFromNow(2), end: fixture.hoursFromNow(3) }] },
    });
    const preferredWindow = (await organization.call(GetPreferencesRpc, { customerId })).values.callWindows?.[0];
    const { plannedCallAt = '' } = await organization.get(delivery);
    expect(plannedCallAt >= (preferredWindow?.start ?? '?') && plannedCallAt < (preferredWindow?.end ?? '')).toBe(true);
    await expect(
      organization.call(UpdateCustomerRpc, { customerId, changes: { phone: dora.phone } }),
    ).rejects.toMatchObject({
      code: 'phone_taken',
    });
    const phone = '+13125559876';
    await organization.call(UpdateCustomerRpc, { customerId, changes: { phone } });
    fixture.clock.set(new Date(plannedCallAt));
    expect((await organization.waitForEvents(CallRequested, delivery.deliveryId))[0]?.payload.phone).toBe(phone);
  });

  it('have stated preferences that override learned ones, expire, and are deleted field by field', async () => {
    const organization = await fixture.createOrganization();
    const { customerId, revision } = await putCustomer(organization);
    const tenant = parseOrganizationId(organization.organizationId);
    const learnedAt = new Date(MORNING.getTime() - 86_400_000);
    const learnedPlace = { value: { place: 'garage' }, source: 'call', confidence: 0.8, setAt: learnedAt };
    await fixture.connection
      .model('Customer')
      .updateOne({ _id: customerId, organizationId: tenant }, { $set: { 'learned.safePlace': learnedPlace } });
    expect(await organization.call(GetPreferencesRpc, { customerId })).toMatchObject({
      values: { safePlace: { place: 'garage' } },
      origins: [{ field: 'safePlace', provenance: 'learned', source: 'call', confidence: 0.8 }],
    });
    const expiresAt = fixture.hoursFromNow(1);
    const preferences = { safePlace: { place: 'porch' as const }, source: 'customer' as const, expiresAt };
    const stated = await organization.call(PutPreferencesRpc, { customerId, preferences, expectedRevision: revision });
    expect(stated.values.safePlace).toEqual({ place: 'porch' });
    await expect(
      organization.call(PutPreferencesRpc, { customerId, preferences, expectedRevision: revision }),
    ).rejects.toMatchObject({ code: 'revision_mismatch' });
    await organization.call(PutPreferencesRpc, { customerId, preferences: { notes: 'Two dogs', language: 'es' } });
    expect(await organization.call(GetCustomerRpc, { customerId })).toMatchObject({ language: 'es' });
    fixture.clock.set(new Date(Date.parse(expiresAt) + 1));
    const later = await organization.call(GetPreferencesRpc, { customerId });
    expect(later.values).toEqual({ language: 'es', safePlace: { place: 'garage' }, notes: 'Two dogs' });
    for (const field of ['safePlace', 'notes'] as const)
      await organization.call(DeletePreferenceRpc, { customerId, field });
    expect((await organization.call(GetPreferencesRpc, { customerId })).values).toEqual({ language: 'es' });
    const backwards = { preferredHours: [{ from: '18:00', until: '09:00' }] };
    await expect(organization.call(PutPreferencesRpc, { customerId, preferences: backwards })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('are called within their preferred hours in their time zone, and not at all if they prefer texts', async () => {
    const organization = await fixture.createOrganization();
    const { customerId } = await putCustomer(organization);
    const toPreferredHours = (from: string, until: string) => ({
      customerId,
      preferences: { preferredHours: [{ day: 'tuesday' as const, from, until }] },
    });
    // The call must not be due at once, or it might be requested before the preference changes.
    await organization.call(PutPreferencesRpc, toPreferredHours('14:00', '15:00'));
    const delivery = await organization.call(CreateDeliveryRpc, {
      reference: 'R-wishes',
      customerId,
      window: { start: fixture.hoursFromNow(30), end: fixture.hoursFromNow(33) },
    });
    expect(delivery.plannedCallAt).toMatch(/^2026-03-03T20:/);
    await organization.call(PutPreferencesRpc, toPreferredHours('18:00', '20:00'));
    // From 18:00 in Chicago.
    expect((await organization.get(delivery)).plannedCallAt).toMatch(/^2026-03-04T00:/);
    await organization.call(PutPreferencesRpc, { customerId, preferences: { channel: 'text' } });
    const withheld = await organization.waitForEvents(CallWithheld, delivery.deliveryId);
    expect(withheld[0]?.payload).toMatchObject({ rule: 'prefers_text' });
    expect(await organization.get(delivery)).not.toHaveProperty('plannedCallAt');
  });

  it('can withdraw consent; the history remains, and a partner’s upsert does not restore the consent', async () => {
    const organization = await fixture.createOrganization();
    const { customerId, phone, position } = await putCustomer(organization);
    const consent = {
      legalBasis: 'delivery_notice' as const,
      source: 'customer' as const,
      evidence: 'letter of 2 March',
    };
    const withdrawal = await organization.call(PutConsentRpc, { customerId, consent });
    expect(withdrawal).toMatchObject({
      legalBasis: 'delivery_notice',
      history: [
        { source: 'customer', evidence: 'letter of 2 March' },
        { legalBasis: 'consent', source: 'partner' },
      ],
    });
    await organization.call(PutCustomerRpc, { name: 'Cara', phone, position, legalBasis: 'consent' });
    expect((await organization.call(GetConsentRpc, { customerId })).legalBasis).toBe('delivery_notice');
    const future = { ...consent, grantedAt: fixture.hoursFromNow(1) };
    await expect(organization.call(PutConsentRpc, { customerId, consent: future })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('can opt out, which withholds planned calls at once, and opt in again only with new consent', async () => {
    const organization = await fixture.createOrganization();
    const { customerId } = await putCustomer(organization);
    // The call must not be due at once, or it might be requested before the opt-out is stored.
    await organization.call(PutPreferencesRpc, {
      customerId,
      preferences: { callWindows: [{ start: fixture.hoursFromNow(2), end: fixture.hoursFromNow(3) }] },
    });
    const delivery = await organization.call(CreateDeliveryRpc, {
      reference: 'R-opts-out',
      customerId,
      window: { start: fixture.hoursFromNow(30), end: fixture.hoursFromNow(33) },
    });
    const optOutRequest = { customerId, reason: 'told the driver', source: 'customer' as const };
    const optedOut = await organization.call(SetDoNotCallRpc, { ...optOutRequest, doNotCall: true });
    expect(optedOut).toMatchObject({ doNotCall: true, legalBasis: 'delivery_notice' });
    expect(await organization.get(delivery)).not.toHaveProperty('plannedCallAt');
    expect((await organization.waitForEvents(CallWithheld, delivery.deliveryId))[0]?.payload.rule).toBe('do_not_call');
    await organization.call(SetDoNotCallRpc, { ...optOutRequest, doNotCall: true });
    expect(await organization.waitForEvents(CustomerOptedOut, customerId)).toHaveLength(1);

    await expect(organization.call(SetDoNotCallRpc, { ...optOutRequest, doNotCall: false })).rejects.toMatchObject({
      code: 'consent_required',
    });
    const consent = { legalBasis: 'consent' as const, source: 'customer' as const, evidence: 'web form 77' };
    expect(await organization.call(SetDoNotCallRpc, { ...optOutRequest, doNotCall: false, consent })).toMatchObject({
      doNotCall: false,
      legalBasis: 'consent',
    });
    expect((await organization.waitForEvents(CustomerOptedIn, customerId))[0]?.payload.phone).toBe(optedOut.phone);
    const { history } = await organization.call(GetConsentRpc, { customerId });
    expect(history.map(({ evidence }) => evidence)).toEqual(['web form 77', 'Do not call: told the driver', undefined]);
  });
});
