import { localMinute, positionNear, type Place } from '../support/places.js';
import { bearer, JsonClient } from '../support/json-client.js';
import type { OrganizationKey } from './plan-deliveries.js';

const HOUR_MS = 3_600_000;
/** The maximum number of calls to a customer per delivery; the product's own rules allow three per day. */
export const MAX_ATTEMPTS = 3;

/** An organization that the harness created, with its credentials. */
export interface SeededOrganization {
  readonly key: OrganizationKey;
  readonly organizationId: string;
  readonly api: JsonClient;
  /** The same client without retries. */
  readonly apiWithoutRetry: JsonClient;
  /** Minutes after midnight in the customer's local time. */
  readonly callsFromMinute: number;
  readonly callsUntilMinute: number;
  readonly webhookEndpointId: string;
  readonly webhookSecret: string;
  readonly agents: readonly { readonly agentId: string; readonly name: string; readonly token: string }[];
}

interface OrganizationPlan {
  readonly key: OrganizationKey;
  readonly agents: number;
  /** Has one more agent where it is night, because deliveries there are made in the morning. */
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
  const plans: readonly OrganizationPlan[] = [
    { key: 'day', agents: 5, deliversAtNight: true },
    { key: 'codes', agents: 2, features: { recordCalls: true, pauseForCodes: true } },
    { key: 'closed', agents: 2, hours: createHoursWithoutNow(localMinute(now, day.zone)) },
  ];
  return Promise.all(plans.map((plan) => seedOne(plan, options)));
}

/** Lawful calling hours that contain neither now nor the time until the decision deadline. */
function createHoursWithoutNow(minute: number): { callsFromMinute: number; callsUntilMinute: number } {
  const isLate = minute > 12 * 60;
  return isLate
    ? { callsFromMinute: 8 * 60, callsUntilMinute: Math.floor(minute) - 90 }
    : { callsFromMinute: Math.ceil(minute) + 240, callsUntilMinute: 21 * 60 };
}

async function seedOne(
  plan: OrganizationPlan,
  options: Parameters<typeof seedOrganizations>[0],
): Promise<SeededOrganization> {
  const { gatewayUrl, operatorKey, day, night, now, timeoutMs } = options;
  const operator = new JsonClient(gatewayUrl, bearer(operatorKey), timeoutMs);
  const hours = plan.hours ?? { callsFromMinute: 8 * 60, callsUntilMinute: 21 * 60 };
  const created = await operator.post<{ organizationId: string; apiKey: string; revision: number }>(
    '/v1/organizations',
    {
      name: `Chaos ${plan.key}`,
      zone: day.zone,
      maxAttemptsPerDelivery: MAX_ATTEMPTS,
      ...hours,
    },
  );
  const api = new JsonClient(gatewayUrl, bearer(created.apiKey), timeoutMs);
  const apiWithoutRetry = new JsonClient(gatewayUrl, bearer(created.apiKey), 0);
  await api.patch(`/v1/organizations/${created.organizationId}`, {
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
      shift: { start: addHours(now, -1), end: addHours(now, 12) },
      capacity: { count: 1_000 },
      experience: 0.7,
    });
    const { token } = await api.post<{ token: string }>(`/v1/agents/${agent.agentId}/tokens`, {});
    agents.push({ agentId: agent.agentId, name, token });
  }
  return {
    key: plan.key,
    organizationId: created.organizationId,
    api,
    apiWithoutRetry,
    ...hours,
    webhookEndpointId: endpoint.endpointId,
    webhookSecret: endpoint.secret,
    agents,
  };
}

const addHours = (now: Date, hours: number): string => new Date(now.getTime() + hours * HOUR_MS).toISOString();
