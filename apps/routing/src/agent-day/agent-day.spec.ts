import {
  DeliveryDelivered,
  DeliveryFailed,
  DeliveryProblemReported,
  DeliveryOutForDelivery,
  GetAgentDayRpc,
  ReportProblemRpc,
  ReportStatusRpc,
  RescheduleDeliveryRpc,
  type Delivery,
  type OwnDay,
  type StatusReportInput,
} from '#libs/contracts/index.js';
import {
  analyzed,
  eventually,
  keyed,
  MORNING,
  RoutingUnderTest,
  type TestOrganization,
} from '../testing/routing-under-test.js';

describe('the signed-in agent', () => {
  let routing: RoutingUnderTest;
  let organization: TestOrganization;
  const hoursFromNow = (hours: number): string => routing.hoursFromNow(hours);

  beforeAll(async () => {
    routing = await RoutingUnderTest.start();
  });
  // Declared in `describe`, so that the app closes before the file-level `afterAll` hook stops the test servers.
  afterAll(() => routing?.close());

  beforeEach(async () => {
    routing.clock.at = MORNING;
    organization = await routing.createOrganization();
  });

  const getDay = (agentId: string, date?: string): Promise<OwnDay> =>
    organization.call(GetAgentDayRpc, { agentId, ...(date === undefined ? {} : { date }) });
  const reportStatus = ({ deliveryId }: Delivery, agentId: string, status: StatusReportInput): Promise<Delivery> =>
    organization.call(ReportStatusRpc, { agentId, deliveryId, report: status });

  async function postAssigned(overrides: Parameters<TestOrganization['postDelivery']>[0] = {}): Promise<Delivery> {
    return organization.waitForState(
      await organization.postDelivery({ decideBy: hoursFromNow(-1), ...overrides }),
      'assigned',
    );
  }

  describe('their day', () => {
    /** @param west distance of the customer to the west of the agent, in hundredths of a degree */
    const withCustomerAt = (west: number) => ({
      customer: {
        name: 'Cara',
        phone: `+1312556${1000 + west}`,
        position: [-87 - west / 100, 41.9] as [number, number],
      },
    });

    it('lists the stops in order from the agent’s position, and counts finished deliveries', async () => {
      const { agentId } = await organization.createAgent({ position: [-87, 41.9] });
      const window = { start: hoursFromNow(3), end: hoursFromNow(6) };
      const far = await postAssigned({ ...withCustomerAt(3), window });
      const near = await postAssigned({ ...withCustomerAt(1), window });
      const early = await postAssigned({
        ...withCustomerAt(5),
        window: { start: hoursFromNow(1), end: hoursFromNow(2) },
      });
      const finished = await postAssigned({ ...withCustomerAt(2), window });
      await reportStatus(finished, agentId, { status: 'delivered' });
      const today = await getDay(agentId);
      expect(today).toMatchObject({ date: '2026-03-03', zone: 'America/Chicago', delivered: 1, failed: 0 });
      const order = [early, far, near].map(({ deliveryId }) => deliveryId);
      expect(today.stops.map(({ deliveryId }) => deliveryId)).toEqual(order);
      expect(today.stops.map(({ stop }) => stop)).toEqual([1, 2, 3]);
      expect((await getDay(agentId, '2026-03-04')).stops).toEqual([]);
      await expect(getDay('agt_unknown')).rejects.toMatchObject({ code: 'not_found' });
    });

    it('shows an access code only on the day of delivery and only to its agent, and keeps overdue stops', async () => {
      const { agentId } = await organization.createAgent({ shift: { start: hoursFromNow(-1), end: hoursFromNow(40) } });
      const other = await organization.createAgent({
        name: 'Ben',
        shift: { start: hoursFromNow(-9), end: hoursFromNow(-1) },
      });
      const delivery = await organization.postDelivery({ window: { start: hoursFromNow(24), end: hoursFromNow(26) } });
      const request = await organization.waitForCallRequest(delivery);
      await organization.publishCallEnd(request);
      const instructions = { accessCode: analyzed('4512'), safePlace: keyed('garage' as const), complexity: 2 };
      await organization.publishInstructions(request, 'the code is 4512', instructions);
      await organization.waitForState(delivery, 'assigned');
      const [stopOnPreviousDay] = (await getDay(agentId, '2026-03-04')).stops;
      expect(stopOnPreviousDay).toMatchObject({ instructions: { safePlace: { value: 'garage' } } });
      expect(JSON.stringify(stopOnPreviousDay)).not.toContain('4512');
      routing.clock.at = new Date('2026-03-04T16:00:00Z');
      expect((await getDay(agentId)).stops).toMatchObject([{ instructions: { accessCode: { value: '4512' } } }]);
      expect((await getDay(other.agentId)).stops).toEqual([]);
      routing.clock.at = new Date('2026-03-05T16:00:00Z');
      expect((await getDay(agentId)).stops).toHaveLength(1);
    });
  });

  describe('their status report', () => {
    it('moves a delivery to out for delivery and delivered, publishes each once, and frees capacity', async () => {
      const { agentId } = await organization.createAgent({ capacity: { count: 1 } });
      const delivery = await postAssigned();
      const waiting = await organization.postDelivery({ decideBy: hoursFromNow(-1) });
      await organization.waitForState(waiting, 'unassignable');
      const position: [number, number] = [-87.61, 41.91];
      expect(await reportStatus(delivery, agentId, { status: 'out_for_delivery', position })).toMatchObject({
        state: 'out_for_delivery',
      });
      await reportStatus(delivery, agentId, { status: 'out_for_delivery' });
      expect((await organization.get(waiting)).state).toBe('unassignable');

      const at = hoursFromNow(-0.1);
      const proof = { note: 'in the garage', safePlaceUsed: 'garage' as const, position };
      const delivered = await reportStatus(delivery, agentId, { status: 'delivered', ...proof, at });
      expect(delivered).toMatchObject({ state: 'delivered', handOver: { ...proof, at } });
      expect(await reportStatus(delivery, agentId, { status: 'delivered', note: 'again' })).toEqual(delivered);
      await organization.waitForState(waiting, 'assigned');
      expect(await organization.waitForEvents(DeliveryOutForDelivery, delivery.deliveryId)).toMatchObject([
        { agentId, position },
      ]);
      expect(await organization.waitForEvents(DeliveryDelivered, delivery.deliveryId)).toMatchObject([
        { agentId, ...proof },
      ]);
      await expect(reportStatus(delivery, agentId, { status: 'failed', reason: 'damaged' })).rejects.toMatchObject({
        code: 'delivery_over',
      });
    });

    it('requires a reason for a failure, after which the delivery waits for another window', async () => {
      const { agentId } = await organization.createAgent();
      const delivery = await postAssigned();
      await expect(reportStatus(delivery, agentId, { status: 'failed' })).rejects.toMatchObject({
        code: 'invalid_request',
        details: { issues: [{ path: 'report.reason' }] },
      });
      const failed = await reportStatus(delivery, agentId, { status: 'failed', reason: 'nobody_home' });
      expect(failed).toMatchObject({ state: 'failed', handOver: { reason: 'nobody_home' } });
      expect(await organization.waitForEvents(DeliveryFailed, delivery.deliveryId)).toMatchObject([
        { reason: 'nobody_home' },
      ]);
      await expect(reportStatus(delivery, agentId, { status: 'delivered' })).rejects.toMatchObject({
        code: 'status_not_possible',
      });
      const window = { start: hoursFromNow(24), end: hoursFromNow(26) };
      const moved = await organization.call(RescheduleDeliveryRpc, {
        deliveryId: delivery.deliveryId,
        rescheduling: { window },
      });
      expect(moved.state).toBe('call_planned');
      expect(moved.handOver).toBeUndefined();
    });

    it('is refused from another agent, with a future time, and with a failure reason for a delivered parcel', async () => {
      const { agentId } = await organization.createAgent();
      const other = await organization.createAgent({
        name: 'Ben',
        shift: { start: hoursFromNow(-9), end: hoursFromNow(-1) },
      });
      const delivery = await postAssigned();
      await expect(reportStatus(delivery, other.agentId, { status: 'delivered' })).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(reportStatus(delivery, agentId, { status: 'delivered', at: hoursFromNow(1) })).rejects.toMatchObject(
        {
          code: 'invalid_request',
        },
      );
      await expect(reportStatus(delivery, agentId, { status: 'delivered', reason: 'damaged' })).rejects.toMatchObject({
        code: 'invalid_request',
      });
      expect(await organization.get(delivery)).toEqual(delivery);
    });
  });

  it('can report a problem with a delivery that is assigned to them, and no other agent can', async () => {
    const { agentId } = await organization.createAgent();
    const delivery = await postAssigned();
    const { deliveryId } = delivery;
    const problem = { kind: 'access' as const, text: 'the gate is locked' };
    const reported = await organization.call(ReportProblemRpc, { agentId, deliveryId, problem });
    expect(reported).toMatchObject({ ...problem, deliveryId });
    const published = await eventually('the problem', async () => {
      const [event] = await organization.listEvents(DeliveryProblemReported, deliveryId);
      return event;
    });
    expect(published).toMatchObject({
      agentId,
      problemId: reported.problemId,
      problemKind: 'access',
      text: problem.text,
    });
    await expect(organization.call(ReportProblemRpc, { agentId: 'agt_x', deliveryId, problem })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
