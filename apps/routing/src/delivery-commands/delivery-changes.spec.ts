import {
  CallPlanned,
  CallRequested,
  CancelDeliveryRpc,
  DeliveryAssigned,
  DeliveryCanceled,
  DeliveryReplanned,
  DeliveryUpdated,
  DeliveryWithdrawn,
  InboxMessageAcknowledged,
  ReassignDeliveryRpc,
  RescheduleDeliveryRpc,
  StartCallRpc,
  UpdateDeliveryRpc,
  type CancelDeliveryRequest,
  type Delivery,
  type DeliveryChanges,
  type ReassignmentInput,
  type ReschedulingInput,
} from '#libs/contracts/index.js';
import {
  eventually,
  garage,
  keyed,
  MORNING,
  RoutingUnderTest,
  type TestOrganization,
} from '../testing/routing-under-test.js';

describe('changes of a delivery', () => {
  let routing: RoutingUnderTest;
  let organization: TestOrganization;
  const hoursFromNow = (hours: number): string => routing.hoursFromNow(hours);

  beforeAll(async () => {
    routing = await RoutingUnderTest.start();
  });
  afterAll(() => routing?.close());

  beforeEach(async () => {
    routing.clock.at = MORNING;
    organization = await routing.createOrganization();
  });

  const update = ({ deliveryId }: Delivery, changes: DeliveryChanges, expectedRevision?: number): Promise<Delivery> =>
    organization.call(UpdateDeliveryRpc, {
      deliveryId,
      changes,
      ...(expectedRevision === undefined ? {} : { expectedRevision }),
    });
  const cancel = (
    { deliveryId }: Delivery,
    cancellation: CancelDeliveryRequest['cancellation'] = {},
  ): Promise<Delivery> => organization.call(CancelDeliveryRpc, { deliveryId, cancellation });
  const reschedule = ({ deliveryId }: Delivery, rescheduling: ReschedulingInput): Promise<Delivery> =>
    organization.call(RescheduleDeliveryRpc, { deliveryId, rescheduling });
  const reassign = ({ deliveryId }: Delivery, reassignment: ReassignmentInput): Promise<Delivery> =>
    organization.call(ReassignDeliveryRpc, { deliveryId, reassignment });
  const startCall = ({ deliveryId }: Delivery): Promise<Delivery> => organization.call(StartCallRpc, { deliveryId });

  /** Posts a delivery during the night, so that its call stays planned during the test. */
  async function postWithPlannedCall(): Promise<Delivery> {
    routing.clock.at = new Date('2026-03-03T04:00:00Z');
    const delivery = await organization.postDelivery({ window: { start: hoursFromNow(14), end: hoursFromNow(18) } });
    // Within the first permitted hour, as calls are spread over its minutes.
    expect(delivery).toMatchObject({
      state: 'call_planned',
      plannedCallAt: expect.stringMatching(/^2026-03-03T15:/) as unknown,
    });
    return delivery;
  }

  /** Posts a delivery that is assigned without a call, as its deadline for an answer is past. */
  async function postAssigned(): Promise<Delivery> {
    const delivery = await organization.postDelivery({ decideBy: hoursFromNow(-1) });
    return organization.waitForState(delivery, 'assigned');
  }

  describe('an update', () => {
    it('of the window moves the planned call, which is requested once', async () => {
      const delivery = await postWithPlannedCall();
      const window = { start: hoursFromNow(40), end: hoursFromNow(44) };
      const corrected = await update(delivery, { window, priority: 80, reference: 'corrected' }, delivery.revision);
      expect(corrected).toMatchObject({ state: 'call_planned', window, decideBy: window.start, priority: 80 });
      expect(corrected.revision).toBeGreaterThan(delivery.revision);
      const [published] = await organization.waitForEvents(DeliveryUpdated, delivery.deliveryId);
      expect(published).toMatchObject({ changed: ['reference', 'window', 'decideBy', 'priority'], window });
      await eventually('the second plan', async () => {
        const plans = await organization.listEvents(CallPlanned, delivery.deliveryId);
        return plans.length === 2;
      });
      routing.clock.at = MORNING;
      await organization.waitForCallRequest(delivery);
      expect(await organization.listEvents(CallRequested, delivery.deliveryId)).toHaveLength(1);
    });

    it('without changes is not published, and one at an outdated revision is refused', async () => {
      const delivery = await postWithPlannedCall();
      const unchanged = await update(delivery, { reference: delivery.reference, window: delivery.window });
      expect(unchanged).toEqual(delivery);
      await expect(update(delivery, { priority: 1 }, delivery.revision + 1)).rejects.toMatchObject({
        code: 'revision_mismatch',
      });
      expect(await organization.listEvents(DeliveryUpdated, delivery.deliveryId)).toEqual([]);
    });

    it('of its requirements withdraws it from an agent who does not meet them', async () => {
      const plain = await organization.createAgent();
      const delivery = await postAssigned();
      expect(delivery.agentId).toBe(plain.agentId);
      const skilled = await organization.createAgent({ name: 'Ben', skills: ['two_person'] });
      await update(delivery, { requires: ['two_person'] });
      const reassigned = await eventually('the other agent', async () => {
        const current = await organization.get(delivery);
        return current.agentId === skilled.agentId && current;
      });
      expect(reassigned).toMatchObject({ state: 'assigned', agentName: 'Ben' });
      expect(await organization.waitForEvents(DeliveryWithdrawn, delivery.deliveryId)).toMatchObject([
        { agentId: plain.agentId, reason: 'changed' },
      ]);
    });

    it('is refused during its call, with an invalid window, and after it is canceled', async () => {
      const delivery = await organization.postDelivery();
      await organization.waitForCallRequest(delivery);
      await expect(
        update(delivery, { window: { start: hoursFromNow(5), end: hoursFromNow(6) } }),
      ).rejects.toMatchObject({ code: 'delivery_in_call' });
      expect(await update(delivery, { reference: 'during' })).toMatchObject({ reference: 'during', state: 'calling' });
      await cancel(delivery);
      await expect(update(delivery, { reference: 'after' })).rejects.toMatchObject({ code: 'delivery_over' });

      const other = await postWithPlannedCall();
      const backwards = { start: hoursFromNow(6), end: hoursFromNow(5) };
      await expect(update(other, { window: backwards })).rejects.toMatchObject({
        code: 'window_invalid',
        details: { issues: expect.arrayContaining([expect.objectContaining({ path: 'window.end' })]) as unknown },
      });
    });
  });

  describe('a cancellation', () => {
    it('cancels the planned call, is published once, and is idempotent', async () => {
      const delivery = await postWithPlannedCall();
      const canceled = await cancel(delivery, { reason: 'sold out' });
      expect(canceled).toMatchObject({ state: 'canceled', cancellation: { reason: 'sold out' } });
      expect(canceled.plannedCallAt).toBeUndefined();
      expect(await cancel(delivery)).toEqual(canceled);
      expect(await organization.waitForEvents(DeliveryCanceled, delivery.deliveryId)).toMatchObject([
        { reason: 'sold out' },
      ]);
      const other = await postWithPlannedCall();
      routing.clock.at = MORNING;
      await organization.waitForCallRequest(other);
      expect(await organization.listEvents(CallRequested, delivery.deliveryId)).toEqual([]);
    });

    it('does not interrupt a call under way, whose instructions are stored', async () => {
      const delivery = await organization.postDelivery();
      const request = await organization.waitForCallRequest(delivery);
      await cancel(delivery);
      await organization.publishCallEnd(request, {
        instructions: { safePlace: keyed('garage' as const), complexity: 1 },
      });
      const ended = await eventually('the outcome', async () => {
        const current = await organization.get(delivery);
        return current.contactOutcome === 'answered' && current;
      });
      expect(ended).toMatchObject({ state: 'canceled', instructions: { safePlace: { value: 'garage' } } });
    });

    it('names its agent in the event, and frees their capacity for waiting deliveries', async () => {
      const agent = await organization.createAgent({ capacity: { count: 1 } });
      const delivery = await postAssigned();
      const waiting = await organization.postDelivery({ decideBy: hoursFromNow(-1) });
      await organization.waitForState(waiting, 'unassignable');
      await cancel(delivery);
      await organization.waitForState(waiting, 'assigned');
      expect(await organization.waitForEvents(DeliveryCanceled, delivery.deliveryId)).toMatchObject([
        { agentId: agent.agentId },
      ]);
    });
  });

  describe('a rescheduling', () => {
    it('restarts the plan: withdraws it from its agent, calls the customer again, and drops instructions about times', async () => {
      const agent = await organization.createAgent();
      const delivery = await organization.postDelivery();
      const request = await organization.waitForCallRequest(delivery);
      const instructions = { ...garage, present: keyed(true) };
      await organization.publishInstructions(request, 'in the garage please', instructions);
      await organization.publishCallEnd(request, { recordingExpected: false });
      await organization.waitForState(delivery, 'assigned');
      await eventually('the call’s end', async () => (await organization.get(delivery)).contactOutcome === 'answered');

      const window = { start: hoursFromNow(26), end: hoursFromNow(28) };
      const moved = await reschedule(delivery, { window });
      expect(moved).toMatchObject({ state: 'call_planned', window, decideBy: window.start, attempts: 1 });
      expect(moved.agentId).toBeUndefined();
      expect(moved.instructions).toMatchObject({ safePlace: { value: 'garage' } });
      expect(moved.instructions?.present).toBeUndefined();
      expect(await organization.waitForEvents(DeliveryReplanned, delivery.deliveryId)).toMatchObject([{ window }]);
      expect(await organization.waitForEvents(DeliveryWithdrawn, delivery.deliveryId)).toMatchObject([
        { agentId: agent.agentId, reason: 'replanned' },
      ]);
      expect(await organization.waitForCallRequest(delivery, 2)).toMatchObject({
        window,
        attemptId: `${delivery.deliveryId}.2`,
      });
    });

    it('is refused until a call about the old window is over', async () => {
      const delivery = await organization.postDelivery();
      const request = await organization.waitForCallRequest(delivery);
      const window = { start: hoursFromNow(26), end: hoursFromNow(28) };
      await expect(reschedule(delivery, { window })).rejects.toMatchObject({ code: 'delivery_in_call' });
      // Instructions may arrive before the end of their call, which may still be open.
      await organization.publishInstructions(request, 'in the garage please', garage);
      await expect(reschedule(delivery, { window })).rejects.toMatchObject({ code: 'delivery_in_call' });
      await organization.publishCallEnd(request);
      await organization.waitForState(delivery, 'unassignable');
      expect(await reschedule(delivery, { window })).toMatchObject({ state: 'call_planned' });
    });
  });

  describe('a reassignment', () => {
    it('to a named agent publishes events for both agents; acknowledging the withdrawal acknowledges no delivery', async () => {
      const ana = await organization.createAgent();
      const delivery = await postAssigned();
      const ben = await organization.createAgent({ name: 'Ben' });
      const reassigned = await reassign(delivery, { agentId: ben.agentId });
      expect(reassigned).toMatchObject({ state: 'assigned', agentId: ben.agentId, agentName: 'Ben' });
      expect(await organization.waitForEvents(DeliveryWithdrawn, delivery.deliveryId)).toMatchObject([
        { agentId: ana.agentId, reason: 'reassigned' },
      ]);
      await eventually('both assignments', async () => {
        const published = await organization.listEvents(DeliveryAssigned, delivery.deliveryId);
        return published.length === 2 && published[1]?.agentId === ben.agentId;
      });
      await expect(reassign(delivery, { agentId: ben.agentId })).rejects.toMatchObject({ code: 'agent_has_it' });

      const back = await reassign(delivery, { agentId: ana.agentId });
      const acknowledgement = { messageId: 'm1', agentId: ana.agentId, deliveryId: delivery.deliveryId, afterMs: 5 };
      const acknowledge = (messageKind: 'assignment' | 'delivery_withdrawn', sequence: number) =>
        routing.mesh.publish(InboxMessageAcknowledged, {
          payload: { ...acknowledgement, messageKind, lastChannel: 'websocket' },
          aggregateId: ana.agentId,
          sequence,
          organizationId: organization.organizationId,
        });
      await acknowledge('delivery_withdrawn', 1);
      await acknowledge('assignment', 2);
      const acknowledged = await organization.waitForState(delivery, 'acknowledged');
      expect(acknowledged.revision).toBe(back.revision + 1);
    });

    it('without a named agent never returns the delivery to the agent from whom it was withdrawn', async () => {
      await organization.createAgent();
      const delivery = await postAssigned();
      await reassign(delivery, {});
      expect(await organization.waitForState(delivery, 'unassignable')).toMatchObject({
        unassignableReason: expect.stringMatching(/declined/i) as unknown,
      });
      const ben = await organization.createAgent({ name: 'Ben' });
      expect(await organization.waitForState(delivery, 'assigned')).toMatchObject({ agentId: ben.agentId });
    });

    it('respects hard constraints unless it is forced, and reports the violated ones', async () => {
      await organization.createAgent();
      const delivery = await postAssigned();
      const offDuty = await organization.createAgent({
        name: 'Off',
        shift: { start: hoursFromNow(20), end: hoursFromNow(28) },
      });
      await expect(reassign(delivery, { agentId: offDuty.agentId })).rejects.toMatchObject({
        code: 'agent_unfit',
        message: expect.stringContaining('shift') as unknown,
      });
      const forced = await reassign(delivery, { agentId: offDuty.agentId, force: true });
      expect(forced.assignment?.explanation).toContain('despite shift');
      await expect(reassign(delivery, { agentId: 'agt_unknown' })).rejects.toMatchObject({ code: 'not_found' });
    });

    it('is refused without an agent if the delivery has none, and with an agent if it is not ready to assign', async () => {
      const agent = await organization.createAgent();
      const delivery = await postWithPlannedCall();
      await expect(reassign(delivery, {})).rejects.toMatchObject({ code: 'not_assigned' });
      await expect(reassign(delivery, { agentId: agent.agentId, force: true })).rejects.toMatchObject({
        code: 'not_ready_to_assign',
      });
    });
  });

  describe('a manual call', () => {
    it('is requested at once instead of the planned one, and never concurrently with another', async () => {
      const delivery = await organization.postDelivery({
        customer: {
          name: 'Cara',
          phone: '+13125559901',
          position: [-87.6, 41.9],
          legalBasis: 'consent',
          callWindows: [{ start: hoursFromNow(2), end: hoursFromNow(3) }],
        },
      });
      const plannedAt = new Date(delivery.plannedCallAt ?? 0);
      expect(plannedAt.toISOString() > hoursFromNow(1)).toBe(true);
      const calling = await startCall(delivery);
      expect(calling).toMatchObject({ state: 'calling', attempts: 1 });
      expect(await organization.waitForCallRequest(delivery)).toMatchObject({ attempt: 1 });
      await expect(startCall(delivery)).rejects.toMatchObject({ code: 'delivery_in_call' });
      routing.clock.at = new Date(plannedAt.getTime() + 1000);
      const other = await organization.postDelivery();
      await organization.waitForCallRequest(other);
      expect(await organization.listEvents(CallRequested, delivery.deliveryId)).toHaveLength(1);
    });

    it('is refused with the next allowed time if a calling rule forbids it, and the planned call stays', async () => {
      const delivery = await postWithPlannedCall();
      await expect(startCall(delivery)).rejects.toMatchObject({
        code: 'quiet_hours',
        message: expect.stringContaining('2026-03-03T15:00:00.000Z') as unknown,
        details: { retryAfterMs: expect.any(Number) as unknown },
      });
      expect(await organization.get(delivery)).toEqual(delivery);
    });

    it('counts toward the same caps as every call', async () => {
      const delivery = await organization.postDelivery();
      for (const attempt of [1, 2, 3]) {
        if (attempt > 1) await startCall(delivery);
        const request = await organization.waitForCallRequest(delivery, attempt);
        await organization.publishCallEnd(request, {
          outcome: 'no_answer',
          durationSeconds: 0,
          recordingExpected: false,
          conversationFinished: false,
        });
        await eventually('the end', async () => (await organization.get(delivery)).state !== 'calling');
      }
      await expect(startCall(delivery)).rejects.toMatchObject({
        code: expect.stringMatching(/attempt_cap/) as unknown,
      });
      expect(await organization.listEvents(CallRequested, delivery.deliveryId)).toHaveLength(3);
    });
  });
});
