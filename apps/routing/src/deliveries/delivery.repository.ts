import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { DELIVERY_STATES, type ConfirmationState, type DeliveryState } from '#libs/contracts/index.js';
import { isTerminal } from '#libs/domain/delivery-lifecycle/index.js';
import {
  AggregateRepository,
  trusted,
  type AggregateEvent,
  type OrganizationId,
  type Transaction,
} from '#libs/persistence/index.js';
import type { DeliveryDocument, StoredWindow } from '#libs/persistence/schemas/routing/deliveries.js';
import { briefAgent } from './brief-agent.js';
import { STATES_WITH_AGENT } from './current-agent.js';
import { ERASED_NUMBER, withoutObsoleteConfirmation } from './delivery-process.js';

/** Maximum number of an agent's deliveries that one query returns. */
const MAX_ASSIGNED = 500;
/** States in which the customer still expects the delivery. */
const OPEN_STATES: DeliveryState[] = DELIVERY_STATES.filter((state) => !isTerminal(state));
/** Replaces the position of an erased customer. */
const ERASED_POSITION: [number, number] = [0, 0];
/** States in which a call is planned or under way. */
const CALLABLE_STATES: DeliveryState[] = ['call_planned', 'calling'];
/** States in which a delivery waits for an agent. */
const WAITING_STATES: DeliveryState[] = ['ready_to_assign', 'unassignable'];

/** Total load of the deliveries that an agent has. */
export interface AgentLoad {
  readonly count: number;
  readonly weightGrams: number;
  readonly volumeMl: number;
  readonly minutes: number;
}

/** Equality filters. An absent field matches any value. */
export type DeliveryCriteria = Partial<Pick<DeliveryDocument, 'state' | 'customerId' | 'agentId' | 'reference'>> & {
  'confirmation.state'?: ConfirmationState;
};

/** Keyset cursor of a listing that is sorted by window start and id. */
export interface WindowCursor {
  readonly start: Date;
  readonly id: string;
}

/** Stores deliveries. Every save also keeps the briefing of the assigned agent up to date. */
@Injectable()
export class DeliveryRepository extends AggregateRepository<DeliveryDocument> {
  protected readonly aggregateName = 'delivery';

  constructor(@InjectModel('Delivery') model: Model<DeliveryDocument>) {
    super(model);
  }

  /**
   * Saves the delivery. If the briefing of its agent changed for any reason, also notifies the agent.
   * @returns the delivery as stored
   * @throws CodedError `conflict`
   */
  override save(
    tx: Transaction,
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    events: readonly AggregateEvent[] = [],
  ): Promise<DeliveryDocument> {
    const briefed = briefAgent(withoutObsoleteConfirmation(delivery), events);
    return super.save(tx, organizationId, briefed.delivery, briefed.events);
  }

  /**
   * Finds one page of deliveries, newest first.
   * @param before id after which the page starts
   */
  findPage(
    organizationId: OrganizationId,
    criteria: DeliveryCriteria,
    { limit, before }: { limit: number; before?: string | undefined },
  ): Promise<DeliveryDocument[]> {
    const filter = { ...criteria, ...(before ? { _id: trusted({ $lt: before }) } : {}) };
    return this.find(organizationId, filter, { sort: { _id: -1 }, limit });
  }

  /**
   * Finds one page of deliveries, sorted by the start of their window, then by id.
   * @param query `from` (inclusive) and `to` (exclusive): range of window starts; `after`: position after which the
   *   page starts
   */
  async findPageByWindow(
    organizationId: OrganizationId,
    criteria: DeliveryCriteria,
    query: { from?: Date; to?: Date; after?: WindowCursor | undefined; limit: number },
  ): Promise<DeliveryDocument[]> {
    const { from, to, after, limit } = query;
    const sort = { 'window.start': 1, _id: 1 } as const;
    // Reads the remaining deliveries with the same start, then those with a later start: two exact ranges of one
    // index. A single condition would scan all deliveries with the same start again for every page.
    const sameStart = after
      ? await this.find(
          organizationId,
          { ...criteria, 'window.start': after.start, _id: trusted({ $gt: after.id }) },
          { sort, limit },
        )
      : [];
    if (sameStart.length === limit) return sameStart;
    const startRange = {
      ...(after ? { $gt: after.start } : from ? { $gte: from } : {}),
      ...(to ? { $lt: to } : {}),
    };
    const laterStart = await this.find(
      organizationId,
      { ...criteria, 'window.start': trusted(startRange) },
      { sort, limit: limit - sameStart.length },
    );
    return [...sameStart, ...laterStart];
  }

  /** Finds the deliveries that an agent has now, on any day. Not paged, as an agent has few at once. */
  findByAgent(organizationId: OrganizationId, agentId: string): Promise<DeliveryDocument[]> {
    return this.find(
      organizationId,
      { agentId, state: trusted({ $in: [...STATES_WITH_AGENT] }) },
      { limit: MAX_ASSIGNED },
    );
  }

  /** Counts an agent's deliveries in a state whose window starts within the span. */
  countInSpan(
    organizationId: OrganizationId,
    agentId: string,
    state: DeliveryState,
    { start, end }: StoredWindow,
  ): Promise<number> {
    return this.count(organizationId, { agentId, state, 'window.start': trusted({ $gte: start, $lt: end }) });
  }

  /**
   * Finds deliveries that wait for an agent and are not held, by priority, then oldest first.
   * @param deliveryIds restricts the result to these deliveries
   */
  findWaiting(
    organizationId: OrganizationId,
    limit: number,
    now: Date,
    tx?: Transaction,
    deliveryIds?: readonly string[],
  ): Promise<DeliveryDocument[]> {
    const filter = {
      state: trusted({ $in: WAITING_STATES }),
      ...toNotHeldFilter(now),
      ...(deliveryIds ? { _id: trusted({ $in: [...deliveryIds] }) } : {}),
    };
    return this.find(organizationId, filter, { sort: { priority: -1, _id: 1 }, limit, tx });
  }

  /**
   * Finds assigned deliveries that are not acknowledged and whose window starts after an instant, the earliest first.
   * Excludes deliveries whose agent a dispatcher chose.
   */
  findUnacknowledged(
    organizationId: OrganizationId,
    after: Date,
    limit: number,
    tx?: Transaction,
  ): Promise<DeliveryDocument[]> {
    const filter = {
      state: 'assigned' as const,
      'window.start': trusted({ $gt: after }),
      pinned: trusted({ $ne: true }),
      // A delivery about which the customer is being asked stays with its agent.
      'confirmation.state': trusted({ $ne: 'awaited' as const }),
    };
    return this.find(organizationId, filter, { sort: { 'window.start': 1, _id: 1 }, limit, tx });
  }

  /** Finds the ids of the agents who delivered to these customers before, by customer id. */
  async findAgentIdsByCustomer(
    organizationId: OrganizationId,
    customerIds: readonly string[],
    tx?: Transaction,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    if (customerIds.length === 0) return new Map();
    const filter = { organizationId, customerId: { $in: [...new Set(customerIds)] }, state: 'delivered' };
    const found = await this.model
      .aggregate<{ _id: string; agents: string[] }>([
        { $match: filter },
        { $group: { _id: '$customerId', agents: { $addToSet: '$agentId' } } },
      ])
      .session(tx?.session ?? null);
    return new Map(found.map(({ _id, agents }) => [_id, agents]));
  }

  /** Counts a customer's deliveries that are not in a terminal state. */
  countOpen(organizationId: OrganizationId, customerId: string, tx: Transaction): Promise<number> {
    return this.count(organizationId, { customerId, state: trusted({ $in: OPEN_STATES }) }, tx);
  }

  async findIdsByCustomer(organizationId: OrganizationId, customerId: string, tx: Transaction): Promise<string[]> {
    const found = await this.model
      .find({ organizationId, customerId }, { _id: 1 }, { session: tx.session })
      .lean()
      .exec();
    return found.map(({ _id }) => _id);
  }

  /**
   * Erases personal data from a customer's deliveries. The history of each delivery remains, without its recipient.
   */
  async eraseCustomer(organizationId: OrganizationId, customerId: string, now: Date, tx: Transaction): Promise<void> {
    const erasedCustomer = { name: 'Erased', phone: ERASED_NUMBER, position: ERASED_POSITION };
    const personalFields = {
      instructions: 1,
      transcript: 1,
      recordingId: 1,
      handOver: 1,
      confirmation: 1,
      contactFacts: 1,
      agentBriefing: 1,
    } as const;
    const update = {
      $set: { customer: erasedCustomer, parcel: {}, updatedAt: now },
      $unset: personalFields,
      $inc: { revision: 1 },
    };
    await this.updateMany(organizationId, { customerId }, update, tx);
  }

  /** Finds a customer's deliveries for which a call is planned or under way. */
  findCallable(organizationId: OrganizationId, customerId: string, tx: Transaction): Promise<DeliveryDocument[]> {
    return this.find(
      organizationId,
      { customerId, state: trusted({ $in: CALLABLE_STATES }) },
      { sort: { _id: -1 }, tx },
    );
  }

  /** Finds an agent's deliveries in these states whose window ends after an instant. */
  findByAgentInStates(
    organizationId: OrganizationId,
    agentId: string,
    states: readonly DeliveryState[],
    after: Date,
    tx: Transaction,
  ): Promise<DeliveryDocument[]> {
    const filter = { agentId, state: trusted({ $in: [...states] }), 'window.end': trusted({ $gt: after }) };
    return this.find(organizationId, filter, { sort: { 'window.start': 1 }, tx });
  }

  /** Sums each agent's load over deliveries whose window ends after an instant. Omits agents without deliveries. */
  async sumLoadsByAgent(
    organizationId: OrganizationId,
    agentIds: readonly string[],
    after: Date,
    tx?: Transaction,
  ): Promise<ReadonlyMap<string, AgentLoad>> {
    // Summed in the database, as a busy organization has thousands of deliveries and every plan needs the sums.
    const filter = {
      organizationId,
      agentId: { $in: agentIds },
      'window.end': { $gt: after },
      state: { $in: STATES_WITH_AGENT },
    };
    const sums = {
      weightGrams: { $sum: '$parcel.weightGrams' },
      volumeMl: { $sum: '$parcel.volumeMl' },
      minutes: { $sum: '$assignment.minutes' },
    };
    const loads = await this.model
      .aggregate<AgentLoad & { _id: string }>([
        { $match: filter },
        { $group: { _id: '$agentId', count: { $sum: 1 }, ...sums } },
      ])
      .session(tx?.session ?? null);
    return new Map(loads.map(({ _id, ...load }) => [_id, load]));
  }
}

/** Matches deliveries for which `isHeld` is false. */
const toNotHeldFilter = (now: Date) => ({
  $or: [{ 'confirmation.state': trusted({ $ne: 'awaited' as const }) }, { decideBy: trusted({ $lte: now }) }],
});
