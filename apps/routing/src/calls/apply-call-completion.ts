import { Inject, Injectable } from '@nestjs/common';
import type { CallCompletedPayload } from '#libs/contracts/index.js';
import type { AggregateEvent, OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/deliveries.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { advance, attemptIdOf } from '../deliveries/delivery-process.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { ApplyFindings } from '../understanding/apply-findings.js';
import { AwaitUnderstanding } from '../understanding/await-understanding.js';
import { RecordContactTry } from '../call-timing/record-contact-try.js';
import { countEarlyHangUp } from './early-hang-up.js';
import { NextCallAfterAttempt } from './next-call-after-attempt.js';
import { PlanNextCall } from './plan-next-call.js';
import { TextCustomer, type TextReason } from './text-customer.js';

/** An attempt is over: it is tried again, waited for its understanding, or the delivery goes on as it is. */
@Injectable()
export class ApplyCallCompletion {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(ApplyFindings) private readonly applyFindings: ApplyFindings,
    @Inject(AwaitUnderstanding) private readonly awaitUnderstanding: AwaitUnderstanding,
    @Inject(RecordContactTry) private readonly recordTry: RecordContactTry,
    @Inject(NextCallAfterAttempt) private readonly nextCall: NextCallAfterAttempt,
    @Inject(PlanNextCall) private readonly planNextCall: PlanNextCall,
    @Inject(TextCustomer) private readonly textCustomer: TextCustomer,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, call: CallCompletedPayload, tx: Transaction): Promise<void> {
    const loaded = await this.deliveries.load(organizationId, call.deliveryId, tx);
    if (call.customerCalled) return this.takeRingBack(organizationId, loaded, call, tx);
    if (attemptIdOf(loaded) !== call.attemptId) return;
    const now = this.clock.now();
    await this.recordTry.judge(organizationId, call, now, tx);
    const before = countEarlyHangUp(withOutcome(loaded, call), call, now);
    const { delivery: told, events } = call.instructions
      ? await this.applyFindings.execute(organizationId, before, call.instructions, now, tx)
      : { delivery: before, events: [] as AggregateEvent[] };
    const next = await this.nextCall.execute(organizationId, told, call, now, tx);
    const moved =
      advance(told, { kind: 'call_ended', outcome: call.outcome, retry: next?.kind === 'planned' }, now) ?? told;
    const described = next && this.planNextCall.describe(moved, next, now);
    const stored = await this.deliveries.save(tx, organizationId, described?.delivery ?? moved, [
      ...events,
      ...(described ? [described.event] : []),
    ]);
    const textReason = reasonToText(stored, call);
    if (textReason) await this.textCustomer.schedule(organizationId, stored, textReason, tx);
    // The customer's own call is what is waited for, or it settled everything.
    if (stored.awaitedAttemptId !== undefined) return;
    if (stored.state === 'call_planned') await this.planNextCall.enqueue(stored, tx);
    else await this.awaitUnderstanding.execute(organizationId, stored, call.recordingExpected, now, tx);
  }

  /**
   * The customer rang back. If they talked to the end they are reached, whatever the plan was, and no further call follows; if
   * not, what they said counts and the plan goes on.
   */
  private async takeRingBack(
    organizationId: OrganizationId,
    loaded: DeliveryDocument,
    call: CallCompletedPayload,
    tx: Transaction,
  ): Promise<void> {
    const now = this.clock.now();
    const isContact = call.outcome === 'answered';
    const before = isContact
      ? { ...loaded, contactOutcome: call.outcome, customerReached: true, awaitedAttemptId: call.attemptId }
      : loaded;
    const { delivery: told, events } = call.instructions
      ? await this.applyFindings.execute(organizationId, before, call.instructions, now, tx)
      : { delivery: before, events: [] as AggregateEvent[] };
    const ended = { kind: 'call_ended', outcome: call.outcome, retry: false } as const;
    const moved = isContact ? (advance(told, ended, now) ?? told) : told;
    const stored = await this.deliveries.save(tx, organizationId, moved, events);
    if (leftOpen(call)) await this.textCustomer.schedule(organizationId, stored, 'follow_up', tx);
    if (isContact) await this.awaitUnderstanding.execute(organizationId, stored, call.recordingExpected, now, tx);
  }
}

/** The call ended with the promise of a text: a person is wanted, or another time without saying which. */
const leftOpen = ({ instructions }: CallCompletedPayload): boolean =>
  instructions?.needsHuman?.value === true || instructions?.reschedule?.value.to === null;

/** Whether the customer is to be asked by text now: no further call is planned, and this one did not settle it. */
function reasonToText(delivery: DeliveryDocument, call: CallCompletedPayload): TextReason | undefined {
  if (leftOpen(call)) return 'follow_up';
  const isUnreached = delivery.state === 'ready_to_assign' && !delivery.customerReached && call.outcome !== 'dropped';
  return isUnreached ? 'unreachable' : undefined;
}

function withOutcome(called: DeliveryDocument, call: CallCompletedPayload): DeliveryDocument {
  const { openAttemptId: _over, awaitedAttemptId, ...delivery } = called;
  const rangBack = called.state !== 'calling' && awaitedAttemptId !== undefined;
  return {
    ...delivery,
    ...(rangBack ? { awaitedAttemptId } : {}),
    // Who rang back meanwhile is reached, however our own call to them ended.
    ...(rangBack ? {} : { contactOutcome: call.outcome }),
    customerReached: delivery.customerReached || call.outcome === 'answered',
    unrungAttempts: delivery.unrungAttempts + (call.outcome === 'not_placed' ? 1 : 0),
  };
}
