import { Inject, Injectable } from '@nestjs/common';
import type { Delivery, GetOwnDayRequest, OwnDay, Stop } from '#libs/contracts/index.js';
import { withoutAccessCodes } from '#libs/domain/instructions/mask-access-codes.js';
import { orderStops } from '#libs/domain/stop-order/index.js';
import { atLocal, localDay } from '#libs/domain/time/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/deliveries.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { AgentRepository } from '../agents/agent.repository.js';
import { toDelivery } from '../deliveries/delivery.mapper.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { FindOrganizationProfile } from '../organizations/find-organization-profile.js';

/** What an agent has to deliver on a day, in the order of stops from where they are. */
@Injectable()
export class GetOwnDay {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(AgentRepository) private readonly agents: AgentRepository,
    @Inject(FindOrganizationProfile) private readonly findProfile: FindOrganizationProfile,
    @Inject(Clock) private readonly clock: Clock,
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
    const stops = orderStops(
      ofDay.map((delivery) => ({
        id: delivery._id,
        position: delivery.customer.position,
        window: delivery.window,
        delivery,
      })),
      agent.position,
    );
    return {
      date: wanted,
      zone,
      stops: stops.map(({ delivery }, index) => toStop(delivery, index + 1, isToday)),
      delivered,
      failed,
    };
  }
}

function toStop(document: DeliveryDocument, stop: number, isToday: boolean): Stop {
  const { deliveryId, revision, reference, state, window, position, parcel, requires, recordingId } =
    toDelivery(document);
  const { name, phone, address } = document.customer;
  return {
    ...{ stop, deliveryId, revision, reference, state, window, position, parcel, requires },
    ...{ customerName: name, phone },
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
