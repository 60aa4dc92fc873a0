import { localMinute, positionNear, type Place } from '../support/places.js';
import { bearer, JsonClient } from '../support/json-client.js';
import type { OrganizationKey } from './plan-deliveries.js';

const HOUR_MS = 3_600_000;
/** Calls to one customer of a delivery; the product's own rules allow three a day. */
export const MAX_ATTEMPTS = 3;

/** An organization as the harness made it, with what it may do there. */
export interface SeededOrganization {
  readonly key: OrganizationKey;
  readonly organizationId: string;
  readonly api: JsonClient;
  /** The same, with a single try. */
  readonly glance: JsonClient;
  /** Minutes after midnight at the customer's place. */
  readonly callsFromMinute: number;
  readonly callsUntilMinute: number;
  readonly webhookEndpointId: string;
  readonly webhookSecret: string;
  readonly agents: readonly { readonly agentId: string; readonly name: string; readonly token: string }[];
}

interface Plan {
  readonly key: OrganizationKey;
  readonly agents: number;
  /** Has one more agent where it is night: deliveries there are made in the morning. */
  readonly deliversAtNight?: boolean;
  readonly hours?: { readonly callsFromMinute: number; readonly callsUntilMinute: number };
  readonly features?: object;
}

/** Creates the organizations, their agents and webhook endpoints through the public API. */
export async function seedOrganizations(options: {
  readonly gatewayUrl: string;
  readonly operatorKey: string;
  readonly day: Place;
  readonly night: Place;
  readonly now: Date;
  readonly webhookUrl: (organization: OrganizationKey) => string;
  readonly timeoutMs: number;
}): Promise<SeededOrganization[]> {
  const { now, day } = options;
  const plans: readonly Plan[] = [
    { key: 'day', agents: 5, deliversAtNight: true },
    { key: 'codes', agents: 2, features: { recordCalls: true, pauseForCodes: true } },
    { key: 'closed', agents: 2, hours: hoursWithoutNow(localMinute(now, day.zone)) },
  ];
  return Promise.all(plans.map((plan) => seedOne(plan, options)));
}

/** Lawful hours that do not hold the present, nor the two hours in which a call would help. */
function hoursWithoutNow(minute: number): { callsFromMinute: number; callsUntilMinute: number } {
  const isLate = minute > 12 * 60;
  return isLate
    ? { callsFromMinute: 8 * 60, callsUntilMinute: Math.floor(minute) - 90 }
    : { callsFromMinute: Math.ceil(minute) + 240, callsUntilMinute: 21 * 60 };
}

async function seedOne(plan: Plan, options: Parameters<typeof seedOrganizations>[0]): Promise<SeededOrganization> {
  const { gatewayUrl, operatorKey, day, night, now, timeoutMs } = options;
  const operator = new JsonClient(gatewayUrl, bearer(operatorKey), timeoutMs);
  const hours = plan.hours ?? { callsFromMinute: 8 * 60, callsUntilMinute: 21 * 60 };
  const made = await operator.post<{ organizationId: string; apiKey: string; revision: number }>('/v1/organizations', {
    name: `Chaos ${plan.key}`,
    zone: day.zone,
    maxAttemptsPerDelivery: MAX_ATTEMPTS,
    ...hours,
  });
  const api = new JsonClient(gatewayUrl, bearer(made.apiKey), timeoutMs);
  const glance = new JsonClient(gatewayUrl, bearer(made.apiKey), 0);
  await api.patch(`/v1/organizations/${made.organizationId}`, {
    features: { smsFallback: true, ...plan.features },
  });
  const endpoint = await api.post<{ endpointId: string; secret: string }>('/v1/webhook-endpoints', {
    url: options.webhookUrl(plan.key),
  });
  const agents: SeededOrganization['agents'][number][] = [];
  const places = [...Array.from({ length: plan.agents }, () => day), ...(plan.deliversAtNight ? [night] : [])];
  for (const [serial, place] of places.entries()) {
    const name = `Agent ${plan.key} ${serial + 1}`;
    const agent = await api.post<{ agentId: string }>('/v1/agents', {
      name,
      phone: day.phone(9_000 + ['day', 'codes', 'closed'].indexOf(plan.key) * 100 + serial),
      position: positionNear(place, serial * 2 - 4, (serial % 3) * 2 - 2),
      skills: [],
      shift: { start: hoursFrom(now, -1), end: hoursFrom(now, 12) },
      capacity: { count: 1_000 },
      experience: 0.7,
    });
    const { token } = await api.post<{ token: string }>(`/v1/agents/${agent.agentId}/tokens`, {});
    agents.push({ agentId: agent.agentId, name, token });
  }
  return {
    key: plan.key,
    organizationId: made.organizationId,
    api,
    glance,
    ...hours,
    webhookEndpointId: endpoint.endpointId,
    webhookSecret: endpoint.secret,
    agents,
  };
}

const hoursFrom = (now: Date, hours: number): string => new Date(now.getTime() + hours * HOUR_MS).toISOString();
