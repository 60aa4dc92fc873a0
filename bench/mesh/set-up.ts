import type { Agent, Customer, OrganizationProfile, WebhookEndpointWithSecret } from '#libs/contracts/index.js';
import { SimulatorApi } from '#deploy/demo/simulator-api.js';
import { PartnerApi } from '#deploy/demo/partner-api.js';
import { placeAtLocalTime, type Place } from '#deploy/demo/places.js';
import { runConcurrently } from './run-concurrently.js';

const PARTNER = 'bench-parcels';
const PERSONA = 'in_a_hurry';
const REQUEST_TIMEOUT_MS = 60_000;
const EARLY_AFTERNOON_MINUTES = 13 * 60;
const HOUR_MS = 3_600_000;
const KM_PER_DEGREE = 111.32;
/** Deliveries per agent. */
const AGENT_CAPACITY = 40;
const MIN_AGENTS = 40;
/** The agents' total capacity divided by the number of deliveries, so that the last deliveries still have a choice. */
const CAPACITY_FACTOR = 1.6;
const CUSTOMERS_PER_REQUEST = 200;

export interface Scene {
  readonly place: Place;
  readonly organizationId: string;
  readonly admin: PartnerApi;
  readonly partner: PartnerApi;
  readonly partnerKey: string;
  /** Controls the simulated carrier and customers, and receives the partner's webhooks. */
  readonly simulator: SimulatorApi;
  /** The id at index `i` is that of the customer of delivery `i`. */
  readonly customerIds: readonly string[];
  readonly agents: readonly { readonly agentId: string; readonly token: string }[];
}

export interface Addresses {
  readonly gatewayUrl: string;
  readonly simulatorUrl: string;
  readonly operatorKey: string;
}

/**
 * Creates through the public API the organization, its partner, one customer per delivery with its own number, and
 * enough agents.
 */
export async function setUp(addresses: Addresses, deliveries: number, now: Date, connections: number): Promise<Scene> {
  const place = placeAtLocalTime(EARLY_AFTERNOON_MINUTES, now);
  const simulator = new SimulatorApi(addresses.simulatorUrl, REQUEST_TIMEOUT_MS);
  const operator = new PartnerApi(addresses.gatewayUrl, addresses.operatorKey, REQUEST_TIMEOUT_MS);
  const organization = await operator.post<OrganizationProfile & { apiKey: string }>('/v1/organizations', {
    name: 'Bench Parcels',
    zone: place.zone,
  });
  const admin = new PartnerApi(addresses.gatewayUrl, organization.apiKey, REQUEST_TIMEOUT_MS);
  const { apiKey: partnerKey } = await admin.post<{ apiKey: string }>('/v1/api-keys', {
    label: 'bench',
    role: 'partner',
  });
  const partner = new PartnerApi(addresses.gatewayUrl, partnerKey, REQUEST_TIMEOUT_MS);
  await registerPartnerWebhook(partner, simulator, addresses.simulatorUrl);

  const agents: { agentId: string; token: string }[] = [];
  await runConcurrently(countAgents(deliveries), connections, async (index) => {
    const { agentId } = await admin.post<Agent>('/v1/agents', agentInput(index, place, now));
    const { token } = await admin.post<{ token: string }>(`/v1/agents/${agentId}/tokens`, {});
    agents.push({ agentId, token });
  });

  const customers = Array.from({ length: deliveries }, (_, index) => ({
    phone: customerPhone(place, index),
    persona: PERSONA,
    zone: place.zone,
  }));
  for (let first = 0; first < deliveries; first += CUSTOMERS_PER_REQUEST) {
    await simulator.setCustomers(customers.slice(first, first + CUSTOMERS_PER_REQUEST));
  }
  const customerIds: string[] = [];
  await runConcurrently(deliveries, connections, async (index) => {
    const { customerId } = await partner.post<Customer>('/v1/customers', {
      name: `Customer ${index}`,
      phone: customerPhone(place, index),
      language: 'en',
      zone: place.zone,
      position: toPosition(index, place),
      address: `${index + 1} Bench Street`,
      legalBasis: 'consent',
    });
    customerIds[index] = customerId;
  });
  const { organizationId } = organization;
  return { place, organizationId, admin, partner, partnerKey, simulator, customerIds, agents };
}

/** The webhooks that the partner's system received, as its simulator recorded them. */
export const readPartnerEvents = (simulator: SimulatorApi): ReturnType<SimulatorApi['partnerEvents']> =>
  simulator.partnerEvents(PARTNER);

export const toReference = (index: number): string => `B-${String(index + 1).padStart(5, '0')}`;

/** A delivery three to six hours ahead, to be decided within two hours. */
export function deliveryInput(index: number, customerId: string, now: Date): object {
  const at = (hours: number): string => new Date(now.getTime() + hours * HOUR_MS).toISOString();
  return {
    reference: toReference(index),
    customerId,
    window: { start: at(3), end: at(6) },
    decideBy: at(2),
    alternativeWindows: [{ start: at(27), end: at(30) }],
    parcel: { description: 'a parcel', weightGrams: 1500 },
  };
}

/**
 * A phone number of the place; `index` is its last four digits. Some numbers may belong to real people, but only the
 * simulator dials them.
 */
export function customerPhone(place: Place, index: number): string {
  const digits = 4;
  if (index >= 10 ** digits) throw new RangeError('A place has 10,000 numbers; choose fewer deliveries.');
  return place.phone(0).slice(0, -digits) + String(index).padStart(digits, '0');
}

const countAgents = (deliveries: number): number =>
  Math.max(MIN_AGENTS, Math.ceil((deliveries * CAPACITY_FACTOR) / AGENT_CAPACITY));

/** A point on a grid of 40 by 25 points, half a kilometer apart, around the center of the place. */
function toPosition(index: number, place: Place): [number, number] {
  return positionAt(((index % 40) - 20) / 2, ((Math.floor(index / 40) % 25) - 12) / 2, place);
}

/** @param east,north Distance from the center of the place in kilometers. */
function positionAt(east: number, north: number, { position: [lng, lat] }: Place): [number, number] {
  return [lng + east / (KM_PER_DEGREE * Math.cos((lat * Math.PI) / 180)), lat + north / KM_PER_DEGREE];
}

function agentInput(index: number, place: Place, now: Date): object {
  const at = (hours: number): string => new Date(now.getTime() + hours * HOUR_MS).toISOString();
  return {
    name: `Agent ${index + 1}`,
    phone: place.phone(99),
    position: positionAt(((index * 7) % 20) - 10, ((index * 5) % 12) - 6, place),
    skills: [],
    shift: { start: at(-1), end: at(9) },
    capacity: { count: AGENT_CAPACITY },
    experience: (index % 10) / 10,
  };
}

async function registerPartnerWebhook(
  partner: PartnerApi,
  simulator: SimulatorApi,
  simulatorUrl: string,
): Promise<void> {
  const { secret } = await partner.post<WebhookEndpointWithSecret>('/v1/webhook-endpoints', {
    url: simulator.partnerHookUrl(PARTNER),
  });
  const response = await fetch(`${simulatorUrl}/partner/${PARTNER}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  });
  if (!response.ok) throw new Error(`The simulator rejected the partner: ${response.status} ${await response.text()}`);
}
