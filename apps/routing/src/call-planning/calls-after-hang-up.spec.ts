import {
  CallPlanned,
  CallRequested,
  CallWithheld,
  CustomerTextRequested,
  OrganizationUpdated,
  RescheduleDeliveryRpc,
  type CallPlannedPayload,
  type CallWithheldPayload,
  type Delivery,
  type DeliveryInput,
  type EarlyHangUpChoice,
  type OrganizationProfile,
} from '#libs/contracts/index.js';
import { parseOrganizationId } from '#libs/persistence/index.js';
import { OrganizationProfileRepository } from '../organizations/organization-profile.repository.js';
import { createOrganizationProfile } from '../testing/organization-profile.js';
import {
  eventually,
  MORNING,
  NOT_REACHED,
  RoutingUnderTest,
  type TestOrganization,
} from '../testing/routing-under-test.js';

const HUNG_UP = { ...NOT_REACHED, outcome: 'hung_up_early', durationSeconds: 4 } as const;
const BUSY = { ...NOT_REACHED, outcome: 'busy' } as const;
const HOUR_MS = 3_600_000;

describe('a customer who hangs up during the first words', () => {
  let routing: RoutingUnderTest;
  let organization: TestOrganization;

  beforeAll(async () => {
    routing = await RoutingUnderTest.start();
  });
  afterAll(() => routing?.close());
  beforeEach(async () => {
    routing.clock.at = MORNING;
    organization = await routing.createOrganization();
    await organization.createAgent({ shift: { start: routing.hoursFromNow(-1), end: routing.hoursFromNow(60) } });
  });

  const createWindow = (startHours: number): { start: string; end: string } => ({
    start: routing.hoursFromNow(startHours),
    end: routing.hoursFromNow(startHours + 3),
  });
  /** Posts a delivery whose window is late enough for a call tomorrow, and near enough for a call today. */
  const postForLater = (overrides: Partial<DeliveryInput> = {}): Promise<Delivery> =>
    organization.postDelivery({ window: createWindow(40), ...overrides });

  async function setEarlyHangUpChoice(
    choice: EarlyHangUpChoice,
    overrides: Partial<OrganizationProfile> = {},
  ): Promise<void> {
    const { organizationId } = organization;
    const payload = {
      ...createOrganizationProfile(organizationId, { ...overrides, afterEarlyHangUp: choice }),
      changed: ['name'],
    };
    await routing.mesh.publish(OrganizationUpdated, {
      payload,
      aggregateId: organizationId,
      sequence: 5,
      organizationId,
    });
    const tenant = parseOrganizationId(organizationId);
    await eventually('the choice', async () => {
      const profile = await routing.app.get(OrganizationProfileRepository).findById(tenant, tenant);
      return profile?.afterEarlyHangUp === choice;
    });
  }

  const endWithHangUp = async (delivery: Delivery, attempt = 1): Promise<void> =>
    organization.publishCallEnd(await organization.waitForCallRequest(delivery, attempt), HUNG_UP);
  const waitForPlan = (delivery: Delivery, attempt: number): Promise<CallPlannedPayload> =>
    eventually(`the plan of call ${attempt}`, async () =>
      (await organization.listEvents(CallPlanned, delivery.deliveryId)).find((plan) => plan.attempt === attempt),
    );
  const waitForWithheld = async ({ deliveryId }: Delivery): Promise<CallWithheldPayload | undefined> =>
    (await organization.waitForEvents(CallWithheld, deliveryId))[0];
  const countCalls = async ({ deliveryId }: Delivery): Promise<number> =>
    (await organization.listEvents(CallRequested, deliveryId)).length;

  it('is called once more, on the next day at the earliest, by default', async () => {
    const delivery = await postForLater();
    await endWithHangUp(delivery);
    const next = await waitForPlan(delivery, 2);
    // 9:00 in Chicago, when the organization’s calling hours begin.
    expect(next.at).toMatch(/^2026-03-04T15:/);
    expect(next.reason).toMatch(
      /^the customer hung up during the first words, and your organization calls again once, on another day\. Call 2: /,
    );
    expect(await organization.get(delivery)).toMatchObject({ state: 'call_planned', contactOutcome: 'hung_up_early' });
    routing.clock.at = new Date(next.at);
    expect(await organization.waitForCallRequest(delivery, 2)).toMatchObject({ attemptsForDelivery: 1 });
  });

  it('is texted instead of called if no other day is left before the window', async () => {
    const delivery = await organization.postDelivery();
    await endWithHangUp(delivery);
    expect(await waitForWithheld(delivery)).toMatchObject({
      rule: 'deadline_passed',
      detail: expect.stringMatching(/^the customer hung up .* on another day; but /) as string,
    });
    const [text] = await organization.waitForEvents(CustomerTextRequested, delivery.deliveryId);
    expect(text?.reason).toBe('unreachable');
    expect(await organization.waitForState(delivery, 'assigned')).toMatchObject({
      contactOutcome: 'hung_up_early',
      attempts: 1,
    });
  });

  it('is called once more some hours later, even the same day, if the organization chose later_once', async () => {
    await setEarlyHangUpChoice('later_once');
    const delivery = await postForLater();
    const before = routing.clock.at.getTime();
    await endWithHangUp(delivery);
    const next = await waitForPlan(delivery, 2);
    expect(next.reason).toMatch(/calls again once, after 4 hours at the earliest/);
    const waitMs = Date.parse(next.at) - before;
    expect(waitMs).toBeGreaterThanOrEqual(4 * HOUR_MS);
    expect(waitMs).toBeLessThan(6 * HOUR_MS);
  });

  it('is texted and not called again if the organization chose text', async () => {
    await setEarlyHangUpChoice('text');
    const delivery = await postForLater();
    await endWithHangUp(delivery);
    expect(await waitForWithheld(delivery)).toMatchObject({
      rule: 'hung_up_early',
      detail: expect.stringMatching(/asks by text instead of calling again$/) as string,
    });
    await organization.waitForEvents(CustomerTextRequested, delivery.deliveryId);
    await organization.waitForState(delivery, 'assigned');
    expect(await countCalls(delivery)).toBe(1);
  });

  it('is neither called nor texted again if the organization chose no_more_calls', async () => {
    await setEarlyHangUpChoice('no_more_calls');
    const delivery = await postForLater();
    await endWithHangUp(delivery);
    expect(await waitForWithheld(delivery)).toMatchObject({
      rule: 'hung_up_early',
      detail: expect.stringMatching(/does not call again$/) as string,
    });
    await organization.waitForState(delivery, 'assigned');
    // The text to another customer, requested later, is published, so a text to the first one would be published, too.
    const otherDelivery = await organization.postDelivery();
    await organization.publishCallEnd(await organization.waitForCallRequest(otherDelivery), NOT_REACHED);
    await organization.waitForEvents(CustomerTextRequested, otherDelivery.deliveryId);
    expect(await organization.listEvents(CustomerTextRequested, delivery.deliveryId)).toEqual([]);
    expect(await countCalls(delivery)).toBe(1);
  });

  it.each([
    ['ends with another early hang-up', HUNG_UP, /hung up during the first words once more/],
    ['is busy', BUSY, /was called once more since/],
  ])('is never called a third time if the second call %s', async (_name, outcome, expectedDetail) => {
    await setEarlyHangUpChoice('later_once');
    const delivery = await postForLater({ window: createWindow(28) });
    await endWithHangUp(delivery);
    routing.clock.at = new Date((await waitForPlan(delivery, 2)).at);
    await organization.publishCallEnd(await organization.waitForCallRequest(delivery, 2), outcome);
    expect(await waitForWithheld(delivery)).toMatchObject({
      rule: 'hung_up_early',
      detail: expect.stringMatching(expectedDetail) as string,
    });
    expect(await organization.waitForState(delivery, 'assigned')).toMatchObject({ attempts: 2 });
  });

  it('is called again if the second call never rang', async () => {
    await setEarlyHangUpChoice('later_once');
    const delivery = await postForLater();
    await endWithHangUp(delivery);
    routing.clock.at = new Date((await waitForPlan(delivery, 2)).at);
    await organization.publishCallEnd(await organization.waitForCallRequest(delivery, 2), {
      ...NOT_REACHED,
      outcome: 'not_placed',
    });
    expect((await waitForPlan(delivery, 3)).reason).toMatch(/calls again once/);
  });

  it('is not called the same day even if the delivery gets another window', async () => {
    const delivery = await postForLater();
    await endWithHangUp(delivery);
    await waitForPlan(delivery, 2);
    const window = createWindow(44);
    const moved = await organization.call(RescheduleDeliveryRpc, {
      deliveryId: delivery.deliveryId,
      rescheduling: { window },
    });
    expect(moved.plannedCallAt).toMatch(/^2026-03-04T/);
  });

  it('is called as any other customer after answering a call', async () => {
    await setEarlyHangUpChoice('later_once');
    const delivery = await postForLater();
    await endWithHangUp(delivery);
    routing.clock.at = new Date((await waitForPlan(delivery, 2)).at);
    await organization.publishCallEnd(await organization.waitForCallRequest(delivery, 2), { recordingExpected: false });
    await organization.waitForState(delivery, 'assigned');
    const window = createWindow(50);
    await organization.call(RescheduleDeliveryRpc, { deliveryId: delivery.deliveryId, rescheduling: { window } });
    expect((await waitForPlan(delivery, 3)).reason).toMatch(/^Call 3: /);
  });

  it('is distinguished from a customer whose call dropped, who is called again within minutes', async () => {
    await setEarlyHangUpChoice('no_more_calls');
    const delivery = await postForLater();
    const before = routing.clock.at.getTime();
    await organization.publishCallEnd(await organization.waitForCallRequest(delivery), {
      ...NOT_REACHED,
      outcome: 'dropped',
    });
    const next = await waitForPlan(delivery, 2);
    expect(next.reason).toMatch(/^Call 2: /);
    expect(Date.parse(next.at) - before).toBeLessThan(5 * 60_000);
    expect(await organization.listEvents(CallWithheld, delivery.deliveryId)).toEqual([]);
  });
});
