import { Injectable } from '@nestjs/common';
import type { Delivery, GetOwnDayRequest, OwnDay, Stop } from '#libs/contracts/index.js';
import { learnedTravel } from '#libs/domain/geo/index.js';
import { withoutAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';
import { estimateArrivals, orderStops, type Arrival, type RouteStart } from '#libs/domain/stop-order/index.js';
import { atLocal, localDay, type Interval } from '#libs/domain/time/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { AgentLocationRepository, AgentRepository } from '../agents/agents.module.js';
import { DeliveryRepository, handOverSeconds, toDelivery } from '../deliveries/deliveries.module.js';
import { TravelRecordRepository } from '../travel/travel.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';

/** What an agent has to deliver on a day, in the order of stops from where they are. */
@Injectable()
export class GetOwnDay {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly agents: AgentRepository,
    private readonly travelRecords: TravelRecordRepository,
    private readonly locations: AgentLocationRepository,
    private readonly findProfile: FindOrganizationProfile,
    private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, { agentId, date }: GetOwnDayRequest): Promise<OwnDay> {
    const now = this.clock.now();
    const [agent, { zone }] = await Promise.all([
      this.agents.load(organizationId, agentId),
      this.findProfile.execute(organizationId),
    ]);
    const today = atLocal(now, zone).date;
    const wanted = date ?? today;
    const day = localDay(wanted, zone);
    const isToday = wanted === today;
    const [carried, delivered, failed] = await Promise.all([
      this.deliveries.findCarriedBy(organizationId, agentId),
      this.deliveries.countOfDay(organizationId, agentId, 'delivered', day),
      this.deliveries.countOfDay(organizationId, agentId, 'failed', day),
    ]);
    // What is overdue is still to be delivered: it stands in today's day.
    const ofDay = carried.filter(({ window }) => window.start < day.end && (isToday || window.start >= day.start));
    const start = await this.startOf(organizationId, agent, day, now);
    const stops = orderStops(ofDay.map(toStopToOrder), start);
    const arrivals = estimateArrivals(stops, start);
    return {
      date: wanted,
      zone,
      stops: stops.map(({ delivery }, index) => toStop(delivery, index + 1, arrivals[index] as Arrival, isToday)),
      delivered,
      failed,
    };
  }

  /** From where they were seen of late, or else where they begin; on the shift of that day, and not before now. */
  private async startOf(
    organizationId: OrganizationId,
    { _id, position, shift, furtherShifts }: AgentDocument,
    day: Interval,
    now: Date,
  ): Promise<RouteStart> {
    const begins = [shift, ...furtherShifts]
      .map(({ start }) => start)
      .find((start) => start >= day.start && start < day.end);
    const at = new Date(Math.max(now.getTime(), (begins ?? day.start).getTime()));
    const travel = learnedTravel(await this.travelRecords.read(organizationId));
    const seen = (await this.locations.ofAgents(organizationId, [_id])).get(_id);
    const isThere = seen && at.getTime() - seen.at.getTime() < FRESH_MS;
    return { position: isThere ? seen.position : position, at, travel };
  }
}

/** An older position says little of where somebody is. */
const FRESH_MS = 30 * 60_000;

const toStopToOrder = (delivery: DeliveryDocument) => ({
  id: delivery._id,
  position: delivery.customer.position,
  window: delivery.window,
  handlingSeconds: handOverSeconds(delivery),
  delivery,
});

function toArrival({ at, earliest, latest }: Arrival): Stop['arrival'] {
  return { at: at.toISOString(), earliest: earliest.toISOString(), latest: latest.toISOString() };
}

function toStop(document: DeliveryDocument, stop: number, arrival: Arrival, isToday: boolean): Stop {
  const { deliveryId, revision, reference, state, window, position, parcel, requires, recordingId } =
    toDelivery(document);
  const { name, phone, address } = document.customer;
  return {
    ...{ stop, deliveryId, revision, reference, state, window, position, parcel, requires },
    ...{ customerName: name, phone, arrival: toArrival(arrival) },
    ...(address === undefined ? {} : { address }),
    ...(recordingId === undefined ? {} : { recordingId }),
    ...wishesOf(document, isToday),
  };
}

/** An access code opens the door for one day: before it, and after, there is no use for it but a bad one. */
function wishesOf(
  { instructions, transcript }: DeliveryDocument,
  isToday: boolean,
): Pick<Delivery, 'instructions' | 'transcript'> {
  if (!instructions) return isToday && transcript !== undefined ? { transcript } : {};
  if (isToday) return { instructions, ...(transcript === undefined ? {} : { transcript }) };
  const { accessCode: _notYet, ...rest } = withoutAccessCodes(instructions);
  return { instructions: rest };
}
