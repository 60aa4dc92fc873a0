import { Injectable } from '@nestjs/common';
import { CustomerTextRequested, type CustomerTextRequestedPayload, type Language } from '#libs/contracts/index.js';
import { findLawfulWindows } from '#libs/domain/calling-rules/index.js';
import {
  createAggregateEvent,
  type AggregateEvent,
  type OrganizationId,
  type Transaction,
} from '#libs/persistence/index.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { forbidsContact, toCallingRules, toCustomerContact } from '../calling-policy/calling-policy.module.js';
import { DELIVERY_QUEUE, RoutingConfig } from '../config/config.module.js';
import { CustomerRepository } from '../customers/customers.module.js';
import {
  addFact,
  isOpenToDecisions,
  toAskBackId,
  toContactState,
  type Confirmation,
  type ContactState,
} from '../deliveries/deliveries.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';

/** Payload of the work item `confirmation-overdue`, which ends the hold of a delivery. */
export interface ConfirmationTimeoutWork {
  readonly deliveryId: string;
  readonly messageId: string;
}

/** The contact after the ask-back was requested, or turned out to be impossible, and the event that requests it. */
export interface AskedContact {
  readonly contact: ContactState;
  readonly events: readonly AggregateEvent[];
}

/**
 * Asks a customer to confirm what they wrote, once per wish. The request is a fact of the delivery, stored with the event
 * in one transaction, so that a process that dies neither loses nor repeats it. A customer who may not be texted is not
 * asked: a dispatcher decides at once.
 */
@Injectable()
export class RequestAskBack {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly findProfile: FindOrganizationProfile,
    private readonly queue: WorkQueue,
    private readonly config: RoutingConfig,
  ) {}

  async execute(
    organizationId: OrganizationId,
    contact: ContactState,
    now: Date,
    tx: Transaction,
  ): Promise<AskedContact> {
    const { delivery, facts, summary } = contact;
    const { confirmation } = summary;
    if (confirmation?.state !== 'awaited' || !isOpenToDecisions(delivery)) return { contact, events: [] };
    // A message is asked back once, even if another analysis of it finds another wish: its hold then ends without answer.
    if (confirmation.askBack ?? facts.messages[confirmation.messageId]?.askBack) return { contact, events: [] };
    const { messageId, wish } = confirmation;
    const textId = toAskBackId(messageId, wish);
    const profile = await this.findProfile.execute(organizationId);
    const sendAt = await this.findTextTime(organizationId, delivery, profile, now, tx);
    if (!sendAt) return { contact: withUnanswered(contact, messageId, now), events: [] };
    // Afterwards the delivery must be planned, with or without an answer.
    const heldUntil = new Date(
      Math.min(sendAt.getTime() + this.config.CONFIRMATION_HOLD_SECONDS * 1000, delivery.decideBy.getTime()),
    );
    const askBack = { textId, at: now.toISOString(), until: heldUntil.toISOString() };
    const asked = toContactState(delivery, addFact(facts, { kind: 'ask_back_requested', messageId, ...askBack }), now);
    const language = facts.messages[messageId]?.words?.language;
    const payload = { ...toCustomerContact(delivery, profile), textId, ...toQuestion(wish, delivery, language) };
    const request = createAggregateEvent(CustomerTextRequested, payload, now);
    if (heldUntil <= now) return { contact: withUnanswered(asked, messageId, now), events: [request] };
    await this.scheduleTimeout(organizationId, { deliveryId: delivery._id, messageId }, heldUntil, tx);
    return { contact: asked, events: [request] };
  }

  /** Finds the next time when the customer may be texted; `undefined` if they may not be texted at all. */
  private async findTextTime(
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    profile: OrganizationProfileDocument,
    now: Date,
    tx: Transaction,
  ): Promise<Date | undefined> {
    const { doNotCall } = await this.customers.load(organizationId, delivery.customerId, tx);
    const { candidateZones: zones, window } = delivery;
    if (doNotCall || profile.smsFallback === false || forbidsContact(delivery, profile) || zones.length === 0)
      return undefined;
    return findLawfulWindows({ zones, rules: toCallingRules(profile), from: now, to: window.end })[0]?.start;
  }

  private async scheduleTimeout(
    organizationId: OrganizationId,
    payload: ConfirmationTimeoutWork,
    dueAt: Date,
    tx: Transaction,
  ): Promise<void> {
    await this.queue.schedule(tx, {
      queue: DELIVERY_QUEUE,
      kind: 'confirmation-overdue',
      key: `confirmation-overdue.${payload.deliveryId}.${payload.messageId}`,
      dueAt,
      organizationId,
      payload,
    });
  }
}

const withUnanswered = ({ delivery, facts }: ContactState, messageId: string, now: Date): ContactState =>
  toContactState(delivery, addFact(facts, { kind: 'ask_back_unanswered', messageId }), now);

function toQuestion(
  { decision, window }: Confirmation['wish'],
  { window: planned }: DeliveryDocument,
  language: Language | undefined,
): Partial<CustomerTextRequestedPayload> & Pick<CustomerTextRequestedPayload, 'reason'> {
  return {
    reason: decision === 'refused' ? 'confirm_refusal' : 'confirm_reschedule',
    ...(window ? { requestedWindow: window } : {}),
    // The language of the customer's text, which may differ from the one known before.
    ...(language ? { language } : {}),
    // Unlike instructions, a refusal helps as long as the parcel is not delivered.
    expiresAt: planned.end.toISOString(),
  };
}
