import type {
  Agent,
  Customer,
  OrganizationProfile,
  PushSubscription,
  WebhookEndpointWithSecret,
} from '#libs/contracts/index.js';
import { openAgentApp, openSleepingAgentApp, type AgentApp } from './agent-app.js';
import type { SimulatorApi } from './simulator-api.js';
import { PartnerApi } from './partner-api.js';
import { AGENTS, positionNear, type AgentScript, type DeliveryScript } from './scenario.js';
import type { Place } from './places.js';

export const PARTNER = 'harbour-parcels';
const HOUR_MS = 3_600_000;

export interface Participants {
  /** Uses the administrator's key. */
  readonly admin: PartnerApi;
  /** Uses the partner's key. */
  readonly partner: PartnerApi;
  readonly agents: readonly AgentApp[];
  readonly agentNames: ReadonlyMap<string, string>;
  readonly customerIds: ReadonlyMap<string, string>;
}

export interface Stage {
  readonly gatewayUrl: string;
  readonly operatorKey: string;
  readonly vapidPublicKey: string;
  readonly simulator: SimulatorApi;
  readonly now: Date;
  readonly timeoutMs: number;
  readonly say: (who: string, text: string) => void;
}

/** Creates the organization, its partner, agents and customers through the public API, and opens the agents' apps. */
export async function setUp(stage: Stage, scripts: readonly DeliveryScript[], city: Place): Promise<Participants> {
  const operator = new PartnerApi(stage.gatewayUrl, stage.operatorKey, stage.timeoutMs);
  const organization = await operator.post<OrganizationProfile & { apiKey: string }>('/v1/organizations', {
    name: 'Harbour Parcels',
    zone: city.zone,
  });
  const admin = new PartnerApi(stage.gatewayUrl, organization.apiKey, stage.timeoutMs);
  const partnerKey = await admin.post<{ apiKey: string }>('/v1/api-keys', { label: 'shop system', role: 'partner' });
  const partner = new PartnerApi(stage.gatewayUrl, partnerKey.apiKey, stage.timeoutMs);
  const endpoint = await partner.post<WebhookEndpointWithSecret>('/v1/webhook-endpoints', {
    url: stage.simulator.partnerHookUrl(PARTNER),
  });
  await stage.simulator.registerPartner(PARTNER, endpoint.secret);

  const agentNames = new Map<string, string>();
  const agents: AgentApp[] = [];
  for (const script of AGENTS) {
    const agent = await admin.post<Agent>('/v1/agents', agentInput(script, city, stage.now));
    agentNames.set(agent.agentId, script.name);
    const { token } = await admin.post<{ token: string }>(`/v1/agents/${agent.agentId}/tokens`, {});
    agents.push(await openApp(stage, script, token));
  }

  const unique = [...new Map(scripts.map((script) => [script.phone, script])).values()];
  await stage.simulator.setCustomers(unique.map(({ phone, persona, place }) => ({ phone, persona, zone: place.zone })));
  const customerIds = new Map<string, string>();
  for (const script of unique) {
    const customer = await partner.post<Customer>('/v1/customers', {
      name: script.customer,
      phone: script.phone,
      language: 'en',
      zone: script.place.zone,
      position: positionNear(city, script.offsetKm),
      address: `${script.reference.slice(2)} Harbour Street`,
      legalBasis: 'consent',
    });
    customerIds.set(script.phone, customer.customerId);
  }
  return { admin, partner, agents, agentNames, customerIds };
}

/** Returns a delivery’s request body: the window is 3 to 6 hours from now, the decision deadline 2 hours from now. */
export function deliveryInput(script: DeliveryScript, customerId: string, now: Date): object {
  const at = (hours: number): string => new Date(now.getTime() + hours * HOUR_MS).toISOString();
  const day = 24;
  return {
    reference: script.reference,
    customerId,
    window: { start: at(3), end: at(6) },
    decideBy: at(2),
    alternativeWindows: [{ start: at(3 + day), end: at(6 + day) }],
    parcel: { description: 'a parcel', weightGrams: 1500 },
    ...(script.requires ? { requires: script.requires } : {}),
  };
}

function agentInput(script: AgentScript, city: Place, now: Date): object {
  const at = (hours: number): string => new Date(now.getTime() + hours * HOUR_MS).toISOString();
  return {
    name: script.name,
    phone: city.phone(90 + AGENTS.indexOf(script)),
    position: positionNear(city, script.offsetKm),
    skills: script.skills,
    shift: { start: at(script.shift[0]), end: at(script.shift[1]) },
    capacity: { count: script.capacity },
    experience: script.experience,
  };
}

async function openApp(stage: Stage, script: AgentScript, token: string): Promise<AgentApp> {
  const { name } = script;
  const onMessage = ({ reference, summary }: { reference: string; summary: string }): void =>
    stage.say(name, `received ${reference}: ${summary}`);
  const onAcknowledged = ({ reference }: { reference: string }): void => stage.say(name, `acknowledged ${reference}`);
  if (script.online) return openAgentApp(stage.gatewayUrl, token, { name, onMessage, onAcknowledged });

  const subscription = await stage.simulator.subscribeToPush(stage.vapidPublicKey);
  const agentApi = new PartnerApi(stage.gatewayUrl, token, stage.timeoutMs);
  await agentApi.post<PushSubscription>('/v1/me/push-subscriptions', {
    endpoint: subscription.endpoint,
    ...subscription.keys,
  });
  return openSleepingAgentApp(stage.gatewayUrl, token, stage.simulator.pushMessagesUrl(subscription.id), {
    name,
    timeoutMs: stage.timeoutMs,
    onPush: () => stage.say(name, 'received a push notification'),
    onMessage,
    onAcknowledged,
  });
}
