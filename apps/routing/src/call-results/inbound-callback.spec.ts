import { CallRequested, DeliveryAssigned, RecordingMissing } from '#libs/contracts/index.js';
import {
  eventually,
  garage,
  keyed,
  MORNING,
  NOT_REACHED,
  RoutingUnderTest,
  type TestOrganization,
} from '../testing/routing-under-test.js';

const BUSY = { ...NOT_REACHED, outcome: 'busy' } as const;

describe('a customer who calls back', () => {
  let routing: RoutingUnderTest;
  let organization: TestOrganization;

  beforeAll(async () => {
    routing = await RoutingUnderTest.start();
  });
  afterAll(() => routing?.close());
  beforeEach(async () => {
    routing.clock.at = MORNING;
    organization = await routing.createOrganization();
    await organization.createAgent();
  });

  const inboundCall = { attemptId: 'in.CA1', customerCalled: true } as const;

  it('is treated as reached: the next call is canceled, and the agent gets their instructions', async () => {
    const delivery = await organization.postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    await organization.publishCallEnd(request, BUSY);
    const planned = await organization.waitForState(delivery, 'call_planned');
    const inboundRequest = { ...request, ...inboundCall, attemptId: `in.${delivery.deliveryId}` };
    await organization.publishCallEnd(request, {
      ...inboundCall,
      attemptId: inboundRequest.attemptId,
      instructions: { present: keyed(true), complexity: 1 },
    });
    expect(await organization.waitForState(delivery, 'awaiting_understanding')).toMatchObject({
      contactOutcome: 'answered',
    });
    await organization.publishInstructions(inboundRequest, 'in the garage', garage);
    await organization.waitForState(delivery, 'assigned');
    const [assigned] = await organization.waitForEvents(DeliveryAssigned, delivery.deliveryId);
    expect(assigned).toMatchObject({ customerReached: true, instructions: { safePlace: { value: 'garage' } } });
    routing.clock.at = new Date(Date.parse(planned.plannedCallAt ?? '') + 60_000);
    const other = await organization.postDelivery();
    await organization.waitForCallRequest(other);
    expect(await organization.listEvents(CallRequested, delivery.deliveryId)).toHaveLength(1);
  });

  it('during an outbound call is treated as reached, whatever the outcome of the outbound call', async () => {
    const delivery = await organization.postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    await organization.publishCallEnd(request, { ...inboundCall, attemptId: `in.${delivery.deliveryId}` });
    await organization.waitForState(delivery, 'awaiting_understanding');
    await organization.publishCallEnd(request, BUSY);
    await eventually('the end of the outbound call', async () => (await organization.get(delivery)).revision > 3);
    const { attemptId } = request;
    await organization.publishCallEnd({ ...request, attemptId }, NOT_REACHED);
    expect(await organization.get(delivery)).toMatchObject({
      state: 'awaiting_understanding',
      contactOutcome: 'answered',
    });
    await routing.mesh.publish(RecordingMissing, {
      payload: { attemptId: `in.${delivery.deliveryId}`, deliveryId: delivery.deliveryId, reason: 'absent' },
      aggregateId: 'rec_1',
      organizationId: organization.organizationId,
    });
    await organization.waitForState(delivery, 'assigned');
  });

  it('and whose call is dropped keeps the planned call and the instructions stated so far', async () => {
    const delivery = await organization.postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    await organization.publishCallEnd(request, BUSY);
    const planned = await organization.waitForState(delivery, 'call_planned');
    const instructions = { safePlace: { ...keyed('porch' as const) }, complexity: 1 };
    await organization.publishCallEnd(request, {
      ...inboundCall,
      outcome: 'dropped',
      attemptId: 'in.CA9',
      instructions,
    });
    const after = await eventually('the instructions', async () => {
      const current = await organization.get(delivery);
      return current.instructions?.safePlace && current;
    });
    expect(after).toMatchObject({
      state: 'call_planned',
      plannedCallAt: planned.plannedCallAt,
      contactOutcome: 'busy',
    });
  });
});
