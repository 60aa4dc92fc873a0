import { Injectable } from '@nestjs/common';
import { hasCustomerInstructions, type Language } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { ContactFacts } from '#libs/persistence/schemas/routing/contact-facts.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { ScheduleAssignment } from '../assignment-board/assignment-board.module.js';
import { RecordAttemptResult } from '../call-timing/call-timing.module.js';
import { RemoveUnplacedAttempt } from '../call-attempts/call-attempts.module.js';
import { CancelCall, ScheduleCall } from '../call-planning/call-planning.module.js';
import { RequestAskBack, ScheduleText } from '../customer-texts/customer-texts.module.js';
import {
  addFact,
  type ContactFact,
  toCustomerDecisions,
  DeliveryRepository,
  getContactFacts,
  isErased,
  isHeld,
  type ContactState,
  toContactState,
} from '../deliveries/deliveries.module.js';
import { OptOutCustomer } from '../customer-commands/customer-commands.module.js';
import { LearnPreferences } from '../customers/customers.module.js';
import { ContinueContact } from './continue-contact.js';
import { ScheduleAnalysisTimeout } from './schedule-analysis-timeout.js';
import { decideTextReason } from './decide-text-reason.js';
import { settleDecision } from './settle-decision.js';
import { toConfirmationEvents } from './to-confirmation-events.js';

/**
 * Adds a contact fact to a delivery, from any report of another app about contact with the customer. Derives the
 * instructions, the customer's decisions and the next step from all facts, so that the result is the same if reports
 * arrive late, repeatedly or in another order. `DeliveryRepository.save` notifies the agent of
 * changes.
 */
@Injectable()
export class RecordContactFact {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly optOutCustomer: OptOutCustomer,
    private readonly continueContact: ContinueContact,
    private readonly scheduleAnalysisTimeout: ScheduleAnalysisTimeout,
    private readonly removeUnplacedAttempt: RemoveUnplacedAttempt,
    private readonly recordAttemptResult: RecordAttemptResult,
    private readonly learnPreferences: LearnPreferences,
    private readonly scheduleCall: ScheduleCall,
    private readonly cancelCall: CancelCall,
    private readonly scheduleText: ScheduleText,
    private readonly requestAskBack: RequestAskBack,
    private readonly scheduleAssignment: ScheduleAssignment,
    private readonly clock: Clock,
  ) {}

  /**
   * @param language the language the customer used, if it was recognized
   * @throws CodedError `not_found`, `conflict`
   */
  async execute(
    organizationId: OrganizationId,
    deliveryId: string,
    fact: ContactFact,
    tx: Transaction,
    language?: Language,
  ): Promise<void> {
    const before = await this.deliveries.load(organizationId, deliveryId, tx);
    if (isErased(before)) return;
    if (isOptOut(fact)) await this.optOutCustomer.execute(organizationId, before.customerId, deliveryId, tx);
    const facts = addFact(getContactFacts(before), fact);
    if (facts === getContactFacts(before)) return;
    const now = this.clock.now();
    await this.removeIfUnplaced(organizationId, before, facts, fact, tx);
    const asked = await this.requestAskBack.execute(organizationId, toContactState(before, facts, now), now, tx);
    const { contact } = asked;
    const decision = settleDecision(contact.delivery, now);
    const next = await this.continueContact.execute(
      organizationId,
      { ...contact, delivery: decision.delivery },
      now,
      tx,
    );
    const stored = await this.deliveries.save(tx, organizationId, next.delivery, [
      ...toConfirmationEvents(before, next.delivery, now),
      ...asked.events,
      ...decision.events,
      ...next.events,
    ]);
    await this.scheduleNextStep(organizationId, before, { ...contact, delivery: stored }, fact, now, tx);
    await this.learn(organizationId, before, fact, language, now, tx);
  }

  private async removeIfUnplaced(
    organizationId: OrganizationId,
    { customerId }: DeliveryDocument,
    { attempts }: ContactFacts,
    fact: ContactFact,
    tx: Transaction,
  ): Promise<void> {
    const isUnplaced = fact.kind === 'call_refused' || (fact.kind === 'call_ended' && fact.outcome === 'not_placed');
    const requestedAt = isUnplaced ? attempts[fact.attemptId]?.requestedAt : undefined;
    if (requestedAt !== undefined)
      await this.removeUnplacedAttempt.execute(organizationId, customerId, requestedAt, tx);
  }

  /** Schedules the call, timeout, text or planning run that the saved delivery waits for. */
  private async scheduleNextStep(
    organizationId: OrganizationId,
    before: DeliveryDocument,
    contact: ContactState,
    fact: ContactFact,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const { delivery } = contact;
    if (delivery.state === 'call_planned' && before.state !== 'call_planned')
      await this.scheduleCall.execute(delivery, tx);
    if (before.state === 'call_planned' && delivery.state !== 'call_planned') await this.cancelCall.execute(before, tx);
    await this.scheduleAnalysisTimeout.execute(organizationId, before, contact, now, tx);
    const reason = decideTextReason(before, delivery, fact);
    if (reason) await this.scheduleText.execute(organizationId, delivery, reason, tx);
    const isNowReady = delivery.state === 'ready_to_assign' && before.state !== 'ready_to_assign';
    if (isNowReady || isReleased(before, delivery, now)) await this.scheduleAssignment.execute(organizationId, tx);
  }

  private async learn(
    organizationId: OrganizationId,
    before: DeliveryDocument,
    fact: ContactFact,
    language: Language | undefined,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const { customerId } = before;
    if (fact.kind === 'call_ended') await this.recordAttemptResult.execute(organizationId, fact, now, tx);
    const statement = toStatement(fact);
    if (!statement || !hasCustomerInstructions(statement)) return;
    if (language !== undefined)
      await this.learnPreferences.execute(organizationId, customerId, { kind: 'words', language }, tx);
    // Learns from one text per delivery: a second one is no further evidence of a preference.
    if ('messageId' in fact && !before.customerReached)
      await this.learnPreferences.execute(organizationId, customerId, { kind: 'text' }, tx);
  }
}

/** Whether the hold of a delivery that waits for an agent has ended. */
const isReleased = (before: DeliveryDocument, after: DeliveryDocument, now: Date): boolean =>
  before.confirmation?.state === 'awaited' &&
  !isHeld(after, now) &&
  (after.state === 'ready_to_assign' || after.state === 'unassignable');

const toStatement = (fact: ContactFact) =>
  fact.kind === 'message_received' ? fact.chosen : 'instructions' in fact ? fact.instructions : undefined;

/** Whether the fact contains an opt-out, which is applied at once, independently of all other facts. */
function isOptOut(fact: ContactFact): boolean {
  const statement = toStatement(fact);
  return statement !== undefined && toCustomerDecisions(statement).optOut;
}
