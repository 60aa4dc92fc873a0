import { CallRequested, DeliveryAssigned, RecordingMissing } from '#libs/contracts/index.js';
import {
  eventually,
  garage,
  keyed,
  MORNING,
  NOT_REACHED,
  RoutingUnderTest,
  type World,
} from '../testing/routing-under-test.js';

const BUSY = { ...NOT_REACHED, outcome: 'busy' } as const;

describe('a customer who calls back', () => {
  let routing: RoutingUnderTest;
  let world: World;

  beforeAll(async () => {
    routing = await RoutingUnderTest.start();
  });
  afterAll(() => routing?.close());
  beforeEach(async () => {
    routing.clock.at = MORNING;
    world = await routing.createWorld();
    await world.createAgent();
  });

  const inboundCall = { attemptId: 'in.CA1', customerCalled: true } as const;

  it('is treated as reached: the next call is canceled, and the agent gets their instructions', async () => {
    const delivery = await world.postDelivery();
    const request = await world.waitForCallRequest(delivery);
    await world.publishCallEnd(request, BUSY);
    const planned = await world.waitForState(delivery, 'call_planned');
    const inboundRequest = { ...request, ...inboundCall, attemptId: `in.${delivery.deliveryId}` };
    await world.publishCallEnd(request, {
      ...inboundCall,
      attemptId: inboundRequest.attemptId,
      instructions: { present: keyed(true), complexity: 1 },
    });
    expect(await world.waitForState(delivery, 'awaiting_understanding')).toMatchObject({ contactOutcome: 'answered' });
    await world.publishInstructions(inboundRequest, 'in the garage', garage);
    await world.waitForState(delivery, 'assigned');
    const [assigned] = await world.waitForEvents(DeliveryAssigned, delivery.deliveryId);
    expect(assigned).toMatchObject({ customerReached: true, instructions: { safePlace: { value: 'garage' } } });
    routing.clock.at = new Date(Date.parse(planned.plannedCallAt ?? '') + 60_000);
    const other = await world.postDelivery();
    await world.waitForCallRequest(other);
    expect(await world.listEvents(CallRequested, delivery.deliveryId)).toHaveLength(1);
  });

  it('during an outbound call is treated as reached, whatever the outcome of the outbound call', async () => {
    const delivery = await world.postDelivery();
    const request = await world.waitForCallRequest(delivery);
    await world.publishCallEnd(request, { ...inboundCall, attemptId: `in.${delivery.deliveryId}` });
    await world.waitForState(delivery, 'awaiting_understanding');
    await world.publishCallEnd(request, BUSY);
    await eventually('the end of the outbound call', async () => (await world.get(delivery)).revision > 3);
    const { attemptId } = request;
    await world.publishCallEnd({ ...request, attemptId }, NOT_REACHED);
    expect(await world.get(delivery)).toMatchObject({ state: 'awaiting_understanding', contactOutcome: 'answered' });
    await routing.mesh.publish(RecordingMissing, {
      payload: { attemptId: `in.${delivery.deliveryId}`, deliveryId: delivery.deliveryId, reason: 'absent' },
      aggregateId: 'rec_1',
      organizationId: world.organizationId,
    });
    await world.waitForState(delivery, 'assigned');
  });

  it('and whose call is dropped keeps the planned call and the instructions stated so far', async () => {
    const delivery = await world.postDelivery();
    const request = await world.waitForCallRequest(delivery);
    await world.publishCallEnd(request, BUSY);
    const planned = await world.waitForState(delivery, 'call_planned');
    const instructions = { safePlace: { ...keyed('porch' as const) }, complexity: 1 };
    await world.publishCallEnd(request, {
      ...inboundCall,
      outcome: 'dropped',
      attemptId: 'in.CA9',
      instructions,
    });
    const after = await eventually('the instructions', async () => {
      const current = await world.get(delivery);
      return current.instructions?.safePlace && current;
    });
    expect(after).toMatchObject({
      state: 'call_planned',
      plannedCallAt: planned.plannedCallAt,
      contactOutcome: 'busy',
    });
  });
});
