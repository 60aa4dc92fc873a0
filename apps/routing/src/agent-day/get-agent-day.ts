import { Injectable } from '@nestjs/common';
import type { Delivery, GetAgentDayRequest, OwnDay, Stop } from '#libs/contracts/index.js';
import { toTravelModel } from '#libs/domain/geo/index.js';
import { withoutAccessCodes } from '#libs/domain/instructions/codes/mask-access-codes.js';
import { estimateArrivals, orderStops, type Arrival, type RouteStart } from '#libs/domain/stop-order/index.js';
import { atLocal, localDay, type Interval } from '#libs/domain/time/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { AgentDocument } from '#libs/persistence/schemas/routing/agents.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { Clock } from '#libs/clock/clock.js';
import { AgentLocationRepository, AgentRepository } from '../agents/agents.module.js';
import { DeliveryRepository, getHandOverSeconds, toDelivery } from '../deliveries/deliveries.module.js';
import { TravelRecordRepository } from '../travel/travel.module.js';
import { FindOrganizationProfile } from '../organizations/organizations.module.js';

/** Lists an agent's stops of one day, in the suggested order from the agent's position, with estimated arrivals. */
@Injectable()
export class GetAgentDay {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly agents: AgentRepository,
    private readonly travelRecords: TravelRecordRepository,
    private readonly locations: AgentLocationRepository,
    private readonly findProfile: FindOrganizationProfile,
    private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, { agentId, date }: GetAgentDayRequest): Promise<OwnDay> {
    const now = this.clock.now();
    const [agent, { zone }] = await Promise.all([
      this.agents.load(organizationId, agentId),
      this.findProfile.execute(organizationId),
    ]);
    const today = atLocal(now, zone).date;
    const requested = date ?? today;
    const day = localDay(requested, zone);
    const isToday = requested === today;
    const [assignedDeliveries, delivered, failed] = await Promise.all([
      this.deliveries.findByAgent(organizationId, agentId),
      this.deliveries.countInSpan(organizationId, agentId, 'delivered', day),
      this.deliveries.countInSpan(organizationId, agentId, 'failed', day),
    ]);
    // Today includes overdue deliveries, as they are still to be made.
    const dueDeliveries = assignedDeliveries.filter(
      ({ window }) => window.start < day.end && (isToday || window.start >= day.start),
    );
    const start = await this.findRouteStart(organizationId, agent, day, now);
    const stops = orderStops(dueDeliveries.map(toUnorderedStop), start);
    const arrivals = estimateArrivals(stops, start);
    return {
      date: requested,
      zone,
      stops: stops.map(({ delivery }, index) => toStop(delivery, index + 1, arrivals[index] as Arrival, isToday)),
      delivered,
      failed,
    };
  }

  /**
   * Returns the position and time from which arrivals are estimated: the last reported position if it is recent, else
   * the agent's base; the start of that day's shift, but not before now.
   */
  private async findRouteStart(
    organizationId: OrganizationId,
    { _id, position, shift, furtherShifts }: AgentDocument,
    day: Interval,
    now: Date,
  ): Promise<RouteStart> {
    const shiftStart = [shift, ...furtherShifts]
      .map(({ start }) => start)
      .find((start) => start >= day.start && start < day.end);
    const at = new Date(Math.max(now.getTime(), (shiftStart ?? day.start).getTime()));
    const travel = toTravelModel(await this.travelRecords.read(organizationId));
    const lastLocation = (await this.locations.findByAgents(organizationId, [_id])).get(_id);
    const isRecent = lastLocation && at.getTime() - lastLocation.at.getTime() < MAX_LOCATION_AGE_MS;
    return { position: isRecent ? lastLocation.position : position, at, travel };
  }
}

/** Maximum age of a reported position that is used as the agent's current one. */
const MAX_LOCATION_AGE_MS = 30 * 60_000;

const toUnorderedStop = (delivery: DeliveryDocument) => ({
  id: delivery._id,
  position: delivery.customer.position,
  window: delivery.window,
  handlingSeconds: getHandOverSeconds(delivery),
  delivery,
});

function toArrival({ at, earliest, latest }: Arrival): Stop['arrival'] {
  return { at: at.toISOString(), earliest: earliest.toISOString(), latest: latest.toISOString() };
}

function toStop(document: DeliveryDocument, stopNumber: number, arrival: Arrival, isToday: boolean): Stop {
  const { deliveryId, revision, reference, state, window, position, parcel, requires, recordingId } =
    toDelivery(document);
  const { name, phone, address } = document.customer;
  return {
    stop: stopNumber,
    deliveryId,
    revision,
    reference,
    state,
    window,
    position,
    parcel,
    requires,
    customerName: name,
    phone,
    arrival: toArrival(arrival),
    ...(address === undefined ? {} : { address }),
    ...(recordingId === undefined ? {} : { recordingId }),
    ...toInstructionFields(document, isToday),
  };
}

/**
 * Returns the customer's instructions. The access code, and the transcript that may contain it, are shown only today,
 * to limit their exposure.
 */
function toInstructionFields(
  { instructions, transcript }: DeliveryDocument,
  isToday: boolean,
): Pick<Delivery, 'instructions' | 'transcript'> {
  if (!instructions) return isToday && transcript !== undefined ? { transcript } : {};
  if (isToday) return { instructions, ...(transcript === undefined ? {} : { transcript }) };
  const { accessCode: _accessCode, ...visibleInstructions } = withoutAccessCodes(instructions);
  return { instructions: visibleInstructions };
}
