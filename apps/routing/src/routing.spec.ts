import {
  CallDecisionMade,
  CallRefused,
  CallRequested,
  CallWithheld,
  CustomerOptedOut,
  DeliveryAcknowledged,
  DeliveryAssigned,
  DeliveryReinstated,
  DeliveryRescheduled,
  DeliveryUnassignable,
  InboxMessageAcknowledged,
  InstructionsChanged,
  TranscriptionFailed,
  type Delivery,
} from '#libs/contracts/index.js';
import {
  analyzed,
  byReviewer,
  eventually,
  garage,
  keyed,
  MORNING,
  RoutingUnderTest,
} from './testing/routing-under-test.js';

describe('the course of a delivery', () => {
  let routing: RoutingUnderTest;
  const hoursFromNow = (hours: number): string => routing.hoursFromNow(hours);

  beforeAll(async () => {
    routing = await RoutingUnderTest.start();
  });

  afterAll(() => routing?.close());

  beforeEach(() => {
    routing.clock.at = MORNING;
  });

  it('goes from the planned call through the call request, the analysis and the assignment to acknowledged', async () => {
    const organization = await routing.createOrganization();
    const agent = await organization.createAgent();
    const delivery = await organization.postDelivery();
    expect(delivery.state).toBe('call_planned');

    const request = await organization.waitForCallRequest(delivery);
    expect(request).toMatchObject({
      attempt: 1,
      organizationName: 'Harbour Parcels',
      transferNumber: '+13125550199',
      candidateZones: ['America/Chicago'],
    });
    await organization.publishCallEnd(request);
    await organization.waitForState(delivery, 'awaiting_understanding');
    await organization.publishInstructions(request, 'in the garage please', garage);

    const assigned = await organization.waitForState(delivery, 'assigned');
    expect(assigned).toMatchObject({ agentId: agent.agentId, transcript: 'in the garage please' });
    const [assignedEvent] = await organization.waitForEvents(DeliveryAssigned, delivery.deliveryId);
    expect(assignedEvent).toMatchObject({ agentId: agent.agentId, customerReached: true, instructions: garage });
    expect(assignedEvent?.reason.explanation).toMatch(/min/);

    const acknowledgement = { messageId: 'm1', agentId: agent.agentId, deliveryId: delivery.deliveryId };
    for (const sequence of [1, 2]) {
      const payload = { ...acknowledgement, lastChannel: 'websocket' as const, afterMs: 5 };
      await routing.mesh.publish(InboxMessageAcknowledged, {
        payload,
        aggregateId: agent.agentId,
        sequence,
        organizationId: organization.organizationId,
      });
    }
    await organization.waitForState(delivery, 'acknowledged');
    expect(await organization.waitForEvents(DeliveryAcknowledged, delivery.deliveryId)).toHaveLength(1);
  });

  it('starts once per command, however often the command is repeated', async () => {
    const organization = await routing.createOrganization();
    const input = {
      reference: 'once',
      customer: { name: 'C', phone: '+13125557777', position: [-87.6, 41.9] as [number, number] },
    };
    const same = { ...input, window: { start: hoursFromNow(3), end: hoursFromNow(6) } };
    const posts = await Promise.all([1, 2, 3].map(() => organization.postDelivery(same, 'key-1')));
    expect(new Set(posts.map(({ deliveryId }) => deliveryId)).size).toBe(1);
    await organization.waitForCallRequest(posts[0] as Delivery);
    expect(await organization.listEvents(CallRequested, posts[0]?.deliveryId ?? '')).toHaveLength(1);
  });

  it('repeats a busy call as a new attempt after the delay, up to the maximum number of attempts', async () => {
    const organization = await routing.createOrganization();
    await organization.createAgent();
    const delivery = await organization.postDelivery();
    for (const attempt of [1, 2, 3]) {
      const request = await organization.waitForCallRequest(delivery, attempt);
      expect(request.attemptId).toBe(`${delivery.deliveryId}.${attempt}`);
      await organization.publishCallEnd(request, {
        outcome: 'busy',
        durationSeconds: 0,
        recordingExpected: false,
        conversationFinished: false,
      });
      if (attempt < 3) {
        await organization.waitForState(delivery, 'call_planned');
        routing.clock.at = new Date(routing.clock.at.getTime() + 11 * 60_000);
      }
    }
    expect(await organization.waitForState(delivery, 'assigned')).toMatchObject({
      attempts: 3,
      contactOutcome: 'busy',
    });
    expect(await organization.listEvents(CallRequested, delivery.deliveryId)).toHaveLength(3);
  });

  it('continues without a call if no permitted hours are left, and publishes the rule', async () => {
    const organization = await routing.createOrganization();
    await organization.createAgent({ shift: { start: hoursFromNow(-1), end: hoursFromNow(30) } });
    routing.clock.at = new Date('2026-03-04T04:00:00Z');
    const delivery = await organization.postDelivery();
    await organization.waitForState(delivery, 'assigned');
    expect(await organization.listEvents(CallRequested, delivery.deliveryId)).toEqual([]);
    expect(await organization.waitForEvents(CallWithheld, delivery.deliveryId)).toMatchObject([
      { rule: 'no_lawful_time_before_deadline' },
    ]);
  });

  it('plans a new call if telephony refuses one at the last moment, and does not count the refused attempt', async () => {
    const organization = await routing.createOrganization();
    const delivery = await organization.postDelivery();
    const { attemptId, deliveryId } = await organization.waitForCallRequest(delivery);
    const refusal = { attemptId, deliveryId, rule: 'quiet_hours', detail: 'too late', nextAllowedAt: hoursFromNow(1) };
    await routing.mesh.publish(CallRefused, {
      payload: refusal,
      aggregateId: attemptId,
      organizationId: organization.organizationId,
    });
    const planned = await organization.waitForState(delivery, 'call_planned');
    expect(planned.plannedCallAt).toBe(refusal.nextAllowedAt);
    routing.clock.at = new Date(refusal.nextAllowedAt);
    expect(await organization.waitForCallRequest(delivery, 2)).toMatchObject({ attemptsForDelivery: 0 });
  });

  it('does not count an attempt that never rang toward caps, so that later dropped calls are repeated', async () => {
    const organization = await routing.createOrganization();
    await organization.createAgent();
    const delivery = await organization.postDelivery();
    const outcomes = ['not_placed', 'dropped', 'dropped'] as const;
    for (const [index, outcome] of outcomes.entries()) {
      const request = await organization.waitForCallRequest(delivery, index + 1);
      await organization.publishCallEnd(request, { outcome, recordingExpected: false, conversationFinished: false });
      const planned = await organization.waitForState(delivery, 'call_planned');
      routing.clock.at = new Date(planned.plannedCallAt ?? '');
    }
    expect(await organization.waitForCallRequest(delivery, 4)).toMatchObject({
      attemptsForDelivery: 2,
      attemptsToday: 2,
    });
  });

  it('applies an opt-out during the call, publishes it once, and skips calls for later deliveries', async () => {
    const organization = await routing.createOrganization();
    await organization.createAgent();
    const delivery = await organization.postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    const { attemptId, deliveryId } = request;
    const payload = { attemptId, deliveryId, instructions: { optOut: keyed(true), complexity: 1 } };
    await routing.mesh.publish(CallDecisionMade, {
      payload,
      aggregateId: attemptId,
      organizationId: organization.organizationId,
    });
    await organization.publishCallEnd(request, { recordingExpected: false, instructions: payload.instructions });
    await organization.waitForState(delivery, 'assigned');
    expect(await organization.waitForEvents(CustomerOptedOut, delivery.customerId)).toHaveLength(1);

    const { phone, customerName: name } = request;
    const later = await organization.postDelivery({ customer: { name, phone, position: [-87.6, 41.9] } });
    expect(later).toMatchObject({ customerId: delivery.customerId, contactOutcome: 'do_not_call' });
    await organization.waitForState(later, 'assigned');
    expect(await organization.listEvents(CallRequested, later.deliveryId)).toEqual([]);
  });

  describe('moves to the keyed slot', () => {
    async function callCustomer() {
      const to = { start: hoursFromNow(27), end: hoursFromNow(30) };
      const otherSlot = { start: hoursFromNow(50), end: hoursFromNow(52) };
      const organization = await routing.createOrganization();
      await organization.createAgent();
      const delivery = await organization.postDelivery();
      const request = await organization.waitForCallRequest(delivery);
      const { attemptId, deliveryId } = request;
      const { organizationId } = organization;
      const instructions = { reschedule: keyed({ to }), complexity: 1 };
      const payload = { attemptId, deliveryId, instructions };
      const isMovedTo = (window: typeof to) => async (): Promise<boolean> => {
        const { state, window: currentWindow } = await organization.get(delivery);
        return state === 'rescheduled' && currentWindow.start === window.start;
      };
      return {
        organization,
        delivery,
        to,
        isMovedTo,
        publishDecision: () =>
          routing.mesh.publish(CallDecisionMade, { payload, aggregateId: attemptId, organizationId }),
        publishEnd: () => organization.publishCallEnd(request, { instructions }),
        publishAnalysis: () =>
          organization.publishInstructions(request, 'on thursday', {
            reschedule: analyzed({ to: otherSlot }),
            complexity: 1,
          }),
      };
    }

    it('and is not moved again by a later analysis', async () => {
      const { organization, delivery, to, isMovedTo, publishDecision, publishEnd, publishAnalysis } =
        await callCustomer();
      await publishDecision();
      await eventually('the slot', isMovedTo(to));
      await publishEnd();
      await publishAnalysis();
      await eventually('the transcript', async () => (await organization.get(delivery)).transcript !== undefined);
      expect(await organization.get(delivery)).toMatchObject({ state: 'rescheduled', window: to });
      expect(await organization.listEvents(DeliveryRescheduled, delivery.deliveryId)).toMatchObject([{ window: to }]);
    });

    it('even if the analysis arrives first, as it is not used before the end of the call', async () => {
      const { organization, delivery, to, isMovedTo, publishDecision, publishEnd, publishAnalysis } =
        await callCustomer();
      await publishAnalysis();
      await publishEnd();
      await publishDecision();
      await eventually('the slot', isMovedTo(to));
      await eventually('the transcript', async () => (await organization.get(delivery)).transcript !== undefined);
      expect(await organization.listEvents(DeliveryRescheduled, delivery.deliveryId)).toMatchObject([{ window: to }]);
    });
  });

  it('is the same if instructions arrive before the end of their call, or events are repeated', async () => {
    const organization = await routing.createOrganization();
    await organization.createAgent();
    const delivery = await organization.postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    await organization.publishInstructions(request, 'in the garage please', garage);
    await organization.publishCallEnd(request);
    await organization.publishCallEnd(request);
    expect(await organization.waitForState(delivery, 'assigned')).toMatchObject({ contactOutcome: 'answered' });
    const [assigned, ...more] = await organization.waitForEvents(DeliveryAssigned, delivery.deliveryId);
    expect(assigned).toMatchObject({ instructions: garage, transcript: 'in the garage please' });
    expect(more).toEqual([]);
  });

  it('repeats a dropped call, even if its partial instructions arrive before its end', async () => {
    const organization = await routing.createOrganization();
    await organization.createAgent();
    const delivery = await organization.postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    await organization.publishInstructions(request, 'in the garage', garage);
    await organization.publishCallEnd(request, { outcome: 'dropped', conversationFinished: false });
    const planned = await organization.waitForState(delivery, 'call_planned');
    expect(planned).toMatchObject({ attempts: 1, instructions: garage });
    routing.clock.at = new Date(planned.plannedCallAt ?? '');
    await organization.waitForCallRequest(delivery, 2);
  });

  it('notifies the agent of keyed instructions that arrive after the analysis', async () => {
    const organization = await routing.createOrganization();
    const { agentId } = await organization.createAgent();
    const delivery = await organization.postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    const { attemptId, deliveryId } = request;
    await organization.publishCallEnd(request);
    await organization.publishInstructions(request, 'in the garage please', garage);
    await organization.waitForState(delivery, 'assigned');
    const instructions = { safePlace: keyed('neighbour' as const), complexity: 1 };
    await routing.mesh.publish(CallDecisionMade, {
      payload: { attemptId, deliveryId, instructions },
      aggregateId: attemptId,
      organizationId: organization.organizationId,
    });
    const [change] = await organization.waitForEvents(InstructionsChanged, deliveryId);
    expect(change).toMatchObject({ agentId, instructions: { safePlace: { value: 'neighbour', source: 'keys' } } });
  });

  it('refuses a delivery only when a dispatcher confirms the words, and reinstates it when a correction removes that', async () => {
    const organization = await routing.createOrganization();
    await organization.createAgent();
    const delivery = await organization.postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    await organization.publishCallEnd(request);
    await organization.publishInstructions(request, 'i do not want it left outside', {
      refused: analyzed(true),
      complexity: 1,
    });
    await organization.waitForState(delivery, 'assigned');
    await organization.publishCorrection(request, { refused: byReviewer(true), complexity: 1 });
    await organization.waitForState(delivery, 'refused');
    const correction = { handling: byReviewer(['leave_unattended_forbidden' as const]), complexity: 1 };
    await organization.publishCorrection(request, correction, ['refused'], 3);
    await organization.waitForState(delivery, 'assigned');
    const [reinstated] = await organization.waitForEvents(DeliveryReinstated, delivery.deliveryId);
    expect(reinstated).toMatchObject({ window: delivery.window });
  });

  it('prefers a reviewer’s correction to keyed and analyzed instructions, and notifies the agent', async () => {
    const organization = await routing.createOrganization();
    await organization.createAgent();
    const delivery = await organization.postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    const instructions = { ...garage, safePlace: keyed('garage' as const), hazards: analyzed(['dog' as const]) };
    await organization.publishCallEnd(request);
    await organization.publishInstructions(request, 'in the garage please', instructions);
    await organization.waitForState(delivery, 'assigned');
    await organization.publishCorrection(request, { safePlace: byReviewer('shed' as const), complexity: 1 }, [
      'hazards',
    ]);
    const expected = { safePlace: { value: 'shed', source: 'person' } };
    const isCorrected = async () => (await organization.get(delivery)).instructions?.safePlace?.source === 'person';
    await eventually('the correction', isCorrected);
    expect((await organization.get(delivery)).instructions?.hazards).toBeUndefined();
    const [change] = await organization.waitForEvents(InstructionsChanged, delivery.deliveryId);
    expect(change).toMatchObject({ instructions: expected });
    await organization.publishInstructions(request, 'in the garage please', garage);
    const secondCorrection = { safePlace: byReviewer('shed' as const), callAhead: byReviewer(true), complexity: 1 };
    await organization.publishCorrection(request, secondCorrection, ['hazards']);
    await eventually('the second correction', async () => (await organization.get(delivery)).instructions?.callAhead);
    expect((await organization.get(delivery)).instructions).toMatchObject(expected);
  });

  it('follows a correction to another window, and a second correction of it', async () => {
    const organization = await routing.createOrganization();
    await organization.createAgent();
    const delivery = await organization.postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    const shiftWindow = (days: number) => ({
      start: new Date(Date.parse(delivery.window.start) + days * 86_400_000).toISOString(),
      end: new Date(Date.parse(delivery.window.end) + days * 86_400_000).toISOString(),
    });
    await organization.publishCallEnd(request);
    await organization.publishInstructions(request, 'another day', {
      reschedule: { ...analyzed({ to: shiftWindow(1) }), confidence: 0.3 },
      complexity: 1,
    });
    await organization.waitForState(delivery, 'assigned');
    for (const days of [2, 3]) {
      await organization.publishCorrection(request, {
        reschedule: byReviewer({ to: shiftWindow(days) }),
        complexity: 1,
      });
      await eventually(
        `day ${days}`,
        async () => Date.parse((await organization.get(delivery)).window.start) === Date.parse(shiftWindow(days).start),
      );
    }
    expect(await organization.listEvents(DeliveryRescheduled, delivery.deliveryId)).toHaveLength(2);
  });

  it('notifies the agent of a late analysis', async () => {
    const organization = await routing.createOrganization();
    await organization.createAgent();
    const delivery = await organization.postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    await organization.publishCallEnd(request);
    await organization.waitForState(delivery, 'awaiting_understanding');
    routing.clock.at = new Date(routing.clock.at.getTime() + 16 * 60_000);
    await organization.waitForState(delivery, 'assigned');
    await organization.publishInstructions(request, 'in the garage please', garage);
    const changes = await organization.waitForEvents(InstructionsChanged, delivery.deliveryId);
    expect(changes).toMatchObject([{ instructions: garage, transcript: 'in the garage please' }]);
  });

  it('continues without a transcript if the recording cannot be transcribed', async () => {
    const organization = await routing.createOrganization();
    await organization.createAgent();
    const delivery = await organization.postDelivery();
    const request = await organization.waitForCallRequest(delivery);
    const { attemptId, deliveryId } = request;
    const payload = { attemptId, deliveryId, recordingId: 'rec_x', failure: 'no_speech', detail: 'nobody speaks' };
    // Published before the end of the call, as events of different streams may arrive in any order.
    await routing.mesh.publish(TranscriptionFailed, {
      payload,
      aggregateId: 'rec_x',
      organizationId: organization.organizationId,
    });
    await eventually('the failure', async () => (await organization.get(delivery)).recordingId === 'rec_x');
    await organization.publishCallEnd(request, {
      instructions: { safePlace: keyed('neighbour' as const), complexity: 1 },
    });
    expect((await organization.waitForState(delivery, 'assigned')).instructions?.safePlace).toMatchObject({
      value: 'neighbour',
      source: 'keys',
    });
  });

  it('respects capacity, publishes why a delivery is unassignable, and assigns it once another agent is created', async () => {
    const organization = await routing.createOrganization();
    await organization.createAgent({ capacity: { count: 1 } });
    const deliveries = await Promise.all([1, 2].map(() => organization.postDelivery({ decideBy: hoursFromNow(-1) })));
    const states = await eventually('both to be planned', async () => {
      const current = await Promise.all(deliveries.map((delivery) => organization.get(delivery)));
      return current.every(({ state }) => state === 'assigned' || state === 'unassignable') && current;
    });
    expect(states.map(({ state }) => state).sort()).toEqual(['assigned', 'unassignable']);
    const unassignable = states.find(({ state }) => state === 'unassignable') as Delivery;
    expect(await organization.waitForEvents(DeliveryUnassignable, unassignable.deliveryId)).toHaveLength(1);
    const other = await organization.createAgent({ name: 'Ben' });
    expect(await organization.waitForState(unassignable, 'assigned')).toMatchObject({ agentId: other.agentId });
  });
});
