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
import { organizationId as tenantOf } from '#libs/persistence/index.js';
import { OrganizationProfileRepository } from '../organizations/organization-profile.repository.js';
import { organizationProfile } from '../testing/organization-profile.js';
import { eventually, MORNING, NOT_REACHED, RoutingUnderTest, type World } from '../testing/routing-under-test.js';

const HUNG_UP = { ...NOT_REACHED, outcome: 'hung_up_early', durationSeconds: 4 } as const;
const BUSY = { ...NOT_REACHED, outcome: 'busy' } as const;
const HOUR_MS = 3_600_000;

describe('a customer who hangs up during the first words', () => {
  let routing: RoutingUnderTest;
  let world: World;

  beforeAll(async () => {
    routing = await RoutingUnderTest.start();
  });
  afterAll(() => routing?.close());
  beforeEach(async () => {
    routing.clock.at = MORNING;
    world = await routing.world();
    await world.agent({ shift: { start: routing.hoursFromNow(-1), end: routing.hoursFromNow(60) } });
  });

  const hours = (from: number): { start: string; end: string } => ({
    start: routing.hoursFromNow(from),
    end: routing.hoursFromNow(from + 3),
  });
  /** Tomorrow’s calling hours are left for it, and it is near enough to be called about today. */
  const later = (over: Partial<DeliveryInput> = {}): Promise<Delivery> => world.post({ window: hours(40), ...over });

  async function chose(choice: EarlyHangUpChoice, over: Partial<OrganizationProfile> = {}): Promise<void> {
    const { organizationId } = world;
    const payload = {
      ...organizationProfile(organizationId, { ...over, afterEarlyHangUp: choice }),
      changed: ['name'],
    };
    await routing.mesh.tell(OrganizationUpdated, { payload, aggregateId: organizationId, sequence: 5, organizationId });
    const tenant = tenantOf(organizationId);
    await eventually('the choice', async () => {
      const profile = await routing.app.get(OrganizationProfileRepository).findById(tenant, tenant);
      return profile?.afterEarlyHangUp === choice;
    });
  }

  const hangsUp = async (delivery: Delivery, attempt = 1): Promise<void> =>
    world.callEnds(await world.requested(delivery, attempt), HUNG_UP);
  const planned = (delivery: Delivery, attempt: number): Promise<CallPlannedPayload> =>
    eventually(`the plan of call ${attempt}`, async () =>
      (await world.heardAbout(CallPlanned, delivery.deliveryId)).find((plan) => plan.attempt === attempt),
    );
  const withheld = async ({ deliveryId }: Delivery): Promise<CallWithheldPayload | undefined> =>
    (await world.firstHeard(CallWithheld, deliveryId))[0];
  const callsOf = async ({ deliveryId }: Delivery): Promise<number> =>
    (await world.heardAbout(CallRequested, deliveryId)).length;

  it('is called once more, the next day at the earliest, unless the organization chooses otherwise', async () => {
    const delivery = await later();
    await hangsUp(delivery);
    const next = await planned(delivery, 2);
    // Nine in the morning in Chicago, when the organization’s hours begin.
    expect(next.at).toMatch(/^2026-03-04T15:/);
    expect(next.reason).toMatch(
      /^the customer hung up during the first words, and your organization calls again once, on another day\. Call 2: /,
    );
    expect(await world.get(delivery)).toMatchObject({ state: 'call_planned', contactOutcome: 'hung_up_early' });
    routing.clock.at = new Date(next.at);
    expect(await world.requested(delivery, 2)).toMatchObject({ attemptsForDelivery: 1 });
  });

  it('is not called again the same day where no other day is left; a text asks instead', async () => {
    const delivery = await world.post();
    await hangsUp(delivery);
    expect(await withheld(delivery)).toMatchObject({
      rule: 'deadline_passed',
      detail: expect.stringMatching(/^the customer hung up .* on another day; but /) as string,
    });
    const [text] = await world.firstHeard(CustomerTextRequested, delivery.deliveryId);
    expect(text?.reason).toBe('unreachable');
    expect(await world.reaches(delivery, 'assigned')).toMatchObject({ contactOutcome: 'hung_up_early', attempts: 1 });
  });

  it('is called once more some hours later, the same day too, where the organization chose so', async () => {
    await chose('later_once');
    const delivery = await later();
    const before = routing.clock.at.getTime();
    await hangsUp(delivery);
    const next = await planned(delivery, 2);
    expect(next.reason).toMatch(/calls again once, after 4 hours at the earliest/);
    const waitMs = Date.parse(next.at) - before;
    expect(waitMs).toBeGreaterThanOrEqual(4 * HOUR_MS);
    expect(waitMs).toBeLessThan(6 * HOUR_MS);
  });

  it('is asked by text and not called again where the organization chose so', async () => {
    await chose('text');
    const delivery = await later();
    await hangsUp(delivery);
    expect(await withheld(delivery)).toMatchObject({
      rule: 'hung_up_early',
      detail: expect.stringMatching(/asks by text instead of calling again$/) as string,
    });
    await world.firstHeard(CustomerTextRequested, delivery.deliveryId);
    await world.reaches(delivery, 'assigned');
    expect(await callsOf(delivery)).toBe(1);
  });

  it('is left alone where the organization chose so', async () => {
    await chose('no_more_calls');
    const delivery = await later();
    await hangsUp(delivery);
    expect(await withheld(delivery)).toMatchObject({
      rule: 'hung_up_early',
      detail: expect.stringMatching(/does not call again$/) as string,
    });
    await world.reaches(delivery, 'assigned');
    // A text that is asked for later is there: the first one would be.
    const unreached = await world.post();
    await world.callEnds(await world.requested(unreached), NOT_REACHED);
    await world.firstHeard(CustomerTextRequested, unreached.deliveryId);
    expect(await world.heardAbout(CustomerTextRequested, delivery.deliveryId)).toEqual([]);
    expect(await callsOf(delivery)).toBe(1);
  });

  it.each([
    ['hangs up again', HUNG_UP, /hung up during the first words once more/],
    ['is busy then', BUSY, /was called once more since/],
  ])('is never called a third time: %s', async (_, outcome, why) => {
    await chose('later_once');
    const delivery = await later({ window: hours(28) });
    await hangsUp(delivery);
    routing.clock.at = new Date((await planned(delivery, 2)).at);
    await world.callEnds(await world.requested(delivery, 2), outcome);
    expect(await withheld(delivery)).toMatchObject({
      rule: 'hung_up_early',
      detail: expect.stringMatching(why) as string,
    });
    expect(await world.reaches(delivery, 'assigned')).toMatchObject({ attempts: 2 });
  });

  it('is called again where the one more call never rang', async () => {
    await chose('later_once');
    const delivery = await later();
    await hangsUp(delivery);
    routing.clock.at = new Date((await planned(delivery, 2)).at);
    await world.callEnds(await world.requested(delivery, 2), { ...NOT_REACHED, outcome: 'not_placed' });
    expect((await planned(delivery, 3)).reason).toMatch(/calls again once/);
  });

  it('is not called the same day either because the delivery gets another window', async () => {
    const delivery = await later();
    await hangsUp(delivery);
    await planned(delivery, 2);
    const window = hours(44);
    const moved = await world.ask(RescheduleDeliveryRpc, { deliveryId: delivery.deliveryId, rescheduling: { window } });
    expect(moved.plannedCallAt).toMatch(/^2026-03-04T/);
  });

  it('is as any other once they have answered', async () => {
    await chose('later_once');
    const delivery = await later();
    await hangsUp(delivery);
    routing.clock.at = new Date((await planned(delivery, 2)).at);
    await world.callEnds(await world.requested(delivery, 2), { recordingExpected: false });
    await world.reaches(delivery, 'assigned');
    const window = hours(50);
    await world.ask(RescheduleDeliveryRpc, { deliveryId: delivery.deliveryId, rescheduling: { window } });
    expect((await planned(delivery, 3)).reason).toMatch(/^Call 3: /);
  });

  it('is told apart from a line that broke: that customer is called again within minutes', async () => {
    await chose('no_more_calls');
    const delivery = await later();
    const before = routing.clock.at.getTime();
    await world.callEnds(await world.requested(delivery), { ...NOT_REACHED, outcome: 'dropped' });
    const next = await planned(delivery, 2);
    expect(next.reason).toMatch(/^Call 2: /);
    expect(Date.parse(next.at) - before).toBeLessThan(5 * 60_000);
    expect(await world.heardAbout(CallWithheld, delivery.deliveryId)).toEqual([]);
  });
});
