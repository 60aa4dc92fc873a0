import {
  CallPlanned,
  CreateDeliveryRpc,
  EraseCustomerRpc,
  CancelDeliveryRpc,
  GetCallTimingRpc,
  PutCustomerRpc,
  type CallCompletedPayload,
} from '#libs/contracts/index.js';
import { parseOrganizationId } from '#libs/persistence/index.js';
import type { ContactTryDocument } from '#libs/persistence/schemas/routing/contact-tries.js';
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ContactTryRepository } from '../call-timing/contact-try.repository.js';
import { toSegment } from '../call-timing/segment.js';
import {
  eventually,
  MORNING,
  NOT_REACHED,
  RoutingUnderTest,
  type TestOrganization,
} from '../testing/routing-under-test.js';

const POSITION: [number, number] = [-87.6, 41.9];
/** The hour in which most past calls were answered: 15:00 in Chicago, five hours after `MORNING`. */
const GOOD_HOUR = 15;

describe('learned call times', () => {
  let routing: RoutingUnderTest;
  let organization: TestOrganization;
  let phoneSuffix = 1000;

  beforeAll(async () => (routing = await RoutingUnderTest.start()));
  afterAll(async () => routing.close());
  beforeEach(async () => {
    routing.clock.at = MORNING;
    organization = await routing.createOrganization();
  });

  const getModel = (): Model<ContactTryDocument> =>
    routing.app.get<Model<ContactTryDocument>>(getModelToken('ContactTry'));
  const findAttempt = (attemptId: string): Promise<ContactTryDocument | null> =>
    getModel()
      .findOne({ _id: attemptId, organizationId: organization.organizationId })
      .lean<ContactTryDocument>()
      .exec();

  /** Inserts past calls, of which 90 % were answered in the good hour and 10 % in other hours. */
  async function insertPastCalls(count: number): Promise<void> {
    const repository = routing.app.get(ContactTryRepository);
    const organizationId = parseOrganizationId(organization.organizationId);
    for (let index = 0; index < count; index += 1) {
      const hour = 8 + (index % 13);
      const at = new Date(MORNING.getTime() - (count - index) * 3_600_000);
      await repository.insert(organizationId, {
        _id: `past_${organization.organizationId}_${index}`,
        customerId: `cus_${index % 40}`,
        segment: toSegment({ position: POSITION }),
        day: 'weekday',
        hour,
        at,
        reached: hour === GOOD_HOUR ? index % 10 !== 0 : index % 10 === 0,
        judgedAt: at,
      });
    }
  }

  function createCustomer(): Promise<{ customerId: string }> {
    phoneSuffix += 1;
    const input = { name: 'Cara', phone: `+1312555${phoneSuffix}`, position: POSITION, legalBasis: 'consent' as const };
    return organization.call(PutCustomerRpc, input);
  }

  it('apply to customers who were never called, and report the chance of an answer', async () => {
    await insertPastCalls(390);
    const { customerId } = await createCustomer();
    const window = { start: routing.hoursFromNow(10), end: routing.hoursFromNow(12) };
    const delivery = await organization.call(CreateDeliveryRpc, { reference: 'R', customerId, window });
    // 15:00 in Chicago.
    expect(delivery.plannedCallAt).toMatch(/^2026-03-03T21:/);
    const [planned] = await organization.waitForEvents(CallPlanned, delivery.deliveryId);
    expect(planned?.chance).toBeGreaterThan(0.5);
    expect(planned?.reason).toMatch(/15:00–16:00 is the best hour/);
    const timing = await organization.call(GetCallTimingRpc, { customerId, deadline: window.start });
    expect(timing.recommendedAt).toBe('2026-03-03T21:00:00.000Z');
    expect(timing.chance).toBeGreaterThan(0.5);

    routing.clock.at = new Date(delivery.plannedCallAt ?? 0);
    const { attemptId } = await organization.waitForCallRequest(delivery);
    const startedAttempt = await findAttempt(attemptId);
    // Any language, and the cell of `POSITION` in a grid of 0.25°.
    const segment = 'any -350,168';
    expect(startedAttempt).toMatchObject({ customerId, day: 'weekday', hour: GOOD_HOUR, segment });
    expect(startedAttempt?.propensity).toBeGreaterThan(0);
    expect(startedAttempt?.chance).toBe(planned?.chance);
    expect(startedAttempt).not.toHaveProperty('reached');
  });

  it('apply only after enough calls; until then calls are planned at the earliest time', async () => {
    await insertPastCalls(39);
    const delivery = await organization.postDelivery({
      window: { start: routing.hoursFromNow(10), end: routing.hoursFromNow(12) },
    });
    const { attemptId } = await organization.waitForCallRequest(delivery);
    expect(await findAttempt(attemptId)).not.toHaveProperty('propensity');
  });

  // `undefined`: the carrier or DelAuto caused the outcome, so it does not show whether the customer can be reached.
  it.each<[CallCompletedPayload['outcome'], boolean | undefined]>([
    ['answered', true],
    ['hung_up_early', true],
    ['voicemail', false],
    ['busy', false],
    ['no_answer', false],
    ['failed', undefined],
    ['dropped', undefined],
    ['not_placed', undefined],
  ])('record for the outcome %s whether the customer was reached: %s', async (outcome, reached) => {
    const delivery = await organization.postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    await organization.publishCallEnd(request, { ...NOT_REACHED, outcome });
    await eventually('the end of the call', async () => (await organization.get(delivery)).contactOutcome === outcome);
    const finishedAttempt = await findAttempt(request.attemptId);
    expect(finishedAttempt?.reached).toBe(reached);
    expect(finishedAttempt?.judgedAt === undefined).toBe(reached === undefined);
  });

  it('keep the attempts of an erased customer without the customer’s id', async () => {
    const { customerId } = await createCustomer();
    const window = { start: routing.hoursFromNow(3), end: routing.hoursFromNow(6) };
    const delivery = await organization.call(CreateDeliveryRpc, { reference: 'R', customerId, window });
    const request = await organization.waitForCallRequest(delivery);
    await organization.publishCallEnd(request, NOT_REACHED);
    await eventually(
      'the end of the call',
      async () => (await organization.get(delivery)).contactOutcome === 'no_answer',
    );
    await organization.call(CancelDeliveryRpc, { deliveryId: delivery.deliveryId, cancellation: {} });
    await organization.call(EraseCustomerRpc, { customerId });
    const attempt = await findAttempt(request.attemptId);
    expect(attempt).toMatchObject({ reached: false });
    expect(attempt).not.toHaveProperty('customerId');
  });
});
