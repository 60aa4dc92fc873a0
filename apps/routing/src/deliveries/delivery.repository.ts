import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { DELIVERY_STATES, type DeliveryState } from '#libs/contracts/index.js';
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
import { WITH_AGENT } from './delivery-holder.js';
import { ERASED_NUMBER } from './delivery-process.js';

/** As many as a day's reply has. */
const MOST_CARRIED = 500;
/** States in which somebody still waits for it. */
const OPEN: DeliveryState[] = DELIVERY_STATES.filter((state) => !isTerminal(state));
/** The place of a customer who is forgotten. */
const NOWHERE: [number, number] = [0, 0];
/** States in which a call is planned or under way. */
const CALLABLE: DeliveryState[] = ['call_planned', 'calling'];
/** States in which a delivery waits for an agent. */
const WAITING: DeliveryState[] = ['ready_to_assign', 'unassignable'];

/** What an agent carries, in sum. */
export interface CarriedLoad {
  readonly count: number;
  readonly weightGrams: number;
  readonly volumeMl: number;
  readonly minutes: number;
}

/** What must be equal; whatever is left out may be anything. */
export type WantedDeliveries = Partial<Pick<DeliveryDocument, 'state' | 'customerId' | 'agentId' | 'reference'>>;

/** A place in the order of windows. */
export interface WindowPlace {
  readonly start: Date;
  readonly id: string;
}

@Injectable()
export class DeliveryRepository extends AggregateRepository<DeliveryDocument> {
  protected readonly what = 'delivery';

  constructor(@InjectModel('Delivery') model: Model<DeliveryDocument>) {
    super(model);
  }

  /**
   * Saves the delivery, and notifies the agent who has it of every change in the customer's wishes, whatever caused it.
   * @returns the delivery as stored
   * @throws CodedError `conflict`
   */
  override save(
    tx: Transaction,
    organizationId: OrganizationId,
    delivery: DeliveryDocument,
    events: readonly AggregateEvent[] = [],
  ): Promise<DeliveryDocument> {
    const briefed = briefAgent(delivery, events);
    return super.save(tx, organizationId, briefed.delivery, briefed.events);
  }

  /** Newest first; `before` is the id the page starts after. */
  page(
    organizationId: OrganizationId,
    wanted: WantedDeliveries,
    { limit, before }: { limit: number; before?: string | undefined },
  ): Promise<DeliveryDocument[]> {
    const filter = { ...wanted, ...(before ? { _id: trusted({ $lt: before }) } : {}) };
    return this.find(organizationId, filter, { sort: { _id: -1 }, limit });
  }

  /** By the start of their window, then by id; `after` is the place the page starts after. */
  async pageByWindow(
    organizationId: OrganizationId,
    wanted: WantedDeliveries,
    { from, to, after, limit }: { from?: Date; to?: Date; after?: WindowPlace | undefined; limit: number },
  ): Promise<DeliveryDocument[]> {
    const sort = { 'window.start': 1, _id: 1 } as const;
    // The rest of those that start at the same instant, then those that start later: two exact ranges of one index,
    // where a single condition would read all that start together again for every page.
    const together = after
      ? await this.find(
          organizationId,
          { ...wanted, 'window.start': after.start, _id: trusted({ $gt: after.id }) },
          { sort, limit },
        )
      : [];
    if (together.length === limit) return together;
    const later = {
      ...(after ? { $gt: after.start } : from ? { $gte: from } : {}),
      ...(to ? { $lt: to } : {}),
    };
    const rest = await this.find(
      organizationId,
      { ...wanted, 'window.start': trusted(later) },
      { sort, limit: limit - together.length },
    );
    return [...together, ...rest];
  }

  /** What an agent has to deliver, whenever; they carry few at once. */
  findCarriedBy(organizationId: OrganizationId, agentId: string): Promise<DeliveryDocument[]> {
    return this.find(organizationId, { agentId, state: trusted({ $in: [...WITH_AGENT] }) }, { limit: MOST_CARRIED });
  }

  /** How many of an agent's deliveries whose window starts within the span came to a state. */
  countOfDay(
    organizationId: OrganizationId,
    agentId: string,
    state: DeliveryState,
    { start, end }: StoredWindow,
  ): Promise<number> {
    return this.count(organizationId, { agentId, state, 'window.start': trusted({ $gte: start, $lt: end }) });
  }

  /** Deliveries without an agent, the most urgent and then the oldest first. @param only of these */
  findWaiting(
    organizationId: OrganizationId,
    limit: number,
    tx?: Transaction,
    only?: readonly string[],
  ): Promise<DeliveryDocument[]> {
    const filter = { state: trusted({ $in: WAITING }), ...(only ? { _id: trusted({ $in: [...only] }) } : {}) };
    return this.find(organizationId, filter, { sort: { priority: -1, _id: 1 }, limit, tx });
  }

  /** What agents have and have not acknowledged, of whose windows begin later, the earliest first; nothing a dispatcher chose. */
  findUnacknowledged(
    organizationId: OrganizationId,
    after: Date,
    limit: number,
    tx?: Transaction,
  ): Promise<DeliveryDocument[]> {
    const later = {
      state: 'assigned' as const,
      'window.start': trusted({ $gt: after }),
      pinned: trusted({ $ne: true }),
    };
    return this.find(organizationId, later, { sort: { 'window.start': 1, _id: 1 }, limit, tx });
  }

  /** Who has delivered to these customers, by customer. */
  async agentsByCustomer(
    organizationId: OrganizationId,
    customerIds: readonly string[],
    tx?: Transaction,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    if (customerIds.length === 0) return new Map();
    const been = { organizationId, customerId: { $in: [...new Set(customerIds)] }, state: 'delivered' };
    const found = await this.model
      .aggregate<{ _id: string; agents: string[] }>([
        { $match: been },
        { $group: { _id: '$customerId', agents: { $addToSet: '$agentId' } } },
      ])
      .session(tx?.session ?? null);
    return new Map(found.map(({ _id, agents }) => [_id, agents]));
  }

  /** Deliveries to a customer that are still to come. */
  countOpen(organizationId: OrganizationId, customerId: string, tx: Transaction): Promise<number> {
    return this.count(organizationId, { customerId, state: trusted({ $in: OPEN }) }, tx);
  }

  async idsOfCustomer(organizationId: OrganizationId, customerId: string, tx: Transaction): Promise<string[]> {
    const found = await this.model
      .find({ organizationId, customerId }, { _id: 1 }, { session: tx.session })
      .lean()
      .exec();
    return found.map(({ _id }) => _id);
  }

  /** What is left of a delivery says what became of it, not who received it. */
  async forgetCustomer(organizationId: OrganizationId, customerId: string, now: Date, tx: Transaction): Promise<void> {
    const nobody = { name: 'Erased', phone: ERASED_NUMBER, position: NOWHERE };
    const words = {
      ...{ instructions: 1, transcript: 1, recordingId: 1, handOver: 1 },
      ...{ contactFacts: 1, agentBriefing: 1 },
    } as const;
    const update = { $set: { customer: nobody, parcel: {}, updatedAt: now }, $unset: words, $inc: { revision: 1 } };
    await this.updateMany(organizationId, { customerId }, update, tx);
  }

  /** Deliveries of a customer that may still be called about. */
  findCallable(organizationId: OrganizationId, customerId: string, tx: Transaction): Promise<DeliveryDocument[]> {
    return this.find(organizationId, { customerId, state: trusted({ $in: CALLABLE }) }, { sort: { _id: -1 }, tx });
  }

  /** What an agent has in these states, where the window is not over. */
  findCarried(
    organizationId: OrganizationId,
    agentId: string,
    states: readonly DeliveryState[],
    after: Date,
    tx: Transaction,
  ): Promise<DeliveryDocument[]> {
    const filter = { agentId, state: trusted({ $in: [...states] }), 'window.end': trusted({ $gt: after }) };
    return this.find(organizationId, filter, { sort: { 'window.start': 1 }, tx });
  }

  /** What each of these agents carries in deliveries whose window is not over, by agent; who carries nothing is absent. */
  async carriedLoads(
    organizationId: OrganizationId,
    agentIds: readonly string[],
    after: Date,
    tx?: Transaction,
  ): Promise<ReadonlyMap<string, CarriedLoad>> {
    // Summed where the deliveries lie: a busy organization has thousands, and they are asked for at every planning.
    const carried = {
      organizationId,
      agentId: { $in: agentIds },
      'window.end': { $gt: after },
      state: { $in: WITH_AGENT },
    };
    const sums = {
      weightGrams: { $sum: '$parcel.weightGrams' },
      volumeMl: { $sum: '$parcel.volumeMl' },
      minutes: { $sum: '$assignment.minutes' },
    };
    const loads = await this.model
      .aggregate<CarriedLoad & { _id: string }>([
        { $match: carried },
        { $group: { _id: '$agentId', count: { $sum: 1 }, ...sums } },
      ])
      .session(tx?.session ?? null);
    return new Map(loads.map(({ _id, ...load }) => [_id, load]));
  }
}
