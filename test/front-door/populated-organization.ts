import { randomBytes } from 'node:crypto';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import type { RunningProduct } from './running-product.js';
import { httpCall } from './http-call.js';
import { OrganizationFixture, hoursFromNow } from './organization-fixture.js';
import { join, signIn, type Person, type TestedRole, type UserRole } from './people.js';

/** Ids of a completed delivery (called, recorded, understood, assigned, webhook sent) and of related objects. */
export interface CompletedDelivery {
  readonly deliveryId: string;
  readonly customerId: string;
  readonly agentId: string;
  readonly attemptId: string;
  readonly recordingId: string;
  /** In the agent's inbox. */
  readonly messageId: string;
  readonly endpointId: string;
  /** A webhook to this endpoint. */
  readonly webhookId: string;
}

type Item = Readonly<Record<string, unknown>>;

/** An organization with an object of every kind, so that every operation can be tested. */
export class PopulatedOrganization extends OrganizationFixture {
  completed!: CompletedDelivery;
  /** A user of each role. The agent is the one who has the completed delivery. */
  people!: Readonly<Record<UserRole, Person>>;
  /** The token of the agent's application. */
  agentAppToken!: string;

  static override async build(product: RunningProduct, index: number): Promise<PopulatedOrganization> {
    const organization = new PopulatedOrganization(await OrganizationFixture.createOrganization(product), index);
    const endpointId = await organization.createListeningEndpoint();
    const agentId = await organization.newAgent();
    organization.agentAppToken = await organization.agentToken(agentId);
    organization.people = {
      admin: await join(organization, 'admin'),
      dispatcher: await join(organization, 'dispatcher'),
      agent: await join(organization, 'agent', agentId),
      partner: await join(organization, 'partner'),
    };
    const delivery = await organization.newCompletedDelivery();
    const message = await organization.waitForItem(
      'an assignment in the inbox',
      '/v1/me/inbox',
      organization.agentAppToken,
    );
    const path = `/v1/webhook-endpoints/${endpointId}/deliveries`;
    const isDelivered = (item: Item): boolean => item['state'] === 'delivered';
    const webhook = await organization.waitForItem(
      'a webhook that the partner accepted',
      path,
      organization.adminKey,
      isDelivered,
    );
    const { deliveryId, customerId, recordingId } = delivery;
    organization.completed = {
      deliveryId: String(deliveryId),
      customerId: String(customerId),
      agentId,
      attemptId: `${String(deliveryId)}.1`,
      recordingId: String(recordingId),
      messageId: String(message['messageId']),
      endpointId,
      webhookId: String(webhook['webhookId']),
    };
    return organization;
  }

  /** Ids of its objects. A response to a foreign caller must not contain one, unless the request did. */
  get ids(): string[] {
    return [this.organizationId, ...Object.values<string>({ ...this.completed })];
  }

  webhookEndpointInput(): Item {
    return { url: this.simulator.partnerHookUrl(`${this.marker}-${randomBytes(3).toString('hex')}`) };
  }

  async newWebhookEndpoint(): Promise<string> {
    return String(
      (await this.requestAsAdmin('POST', '/v1/webhook-endpoints', this.webhookEndpointInput()))['endpointId'],
    );
  }

  /** Creates an endpoint whose simulated partner receives webhooks and verifies their signatures. */
  private async createListeningEndpoint(): Promise<string> {
    const url = this.simulator.partnerHookUrl(this.marker);
    const { endpointId, secret } = await this.requestAsAdmin('POST', '/v1/webhook-endpoints', { url });
    const response = await httpCall(this.product.urlOf('simulator'), 'POST', `/partner/${this.marker}`, {
      body: { secret },
    });
    if (response.status >= 300)
      throw new Error(`The simulator rejected the partner: ${response.status} ${response.text}`);
    return String(endpointId);
  }

  /** Waits until the webhook of the completed delivery is neither being sent nor to be retried. */
  async waitForSettledWebhook(): Promise<string> {
    const { endpointId, webhookId } = this.completed;
    const isSettled = (item: Item): boolean =>
      item['webhookId'] === webhookId && item['state'] !== 'pending' && item['state'] !== 'queued';
    const path = `/v1/webhook-endpoints/${endpointId}/deliveries`;
    await this.waitForItem('the webhook to be settled', path, this.adminKey, isSettled);
    return webhookId;
  }

  /** A delivery without further calls, assigned to the agent of the completed delivery. */
  async newAssignedDelivery(): Promise<string> {
    const input = { ...this.deliveryInput(await this.newCustomer(), 3), decideBy: hoursFromNow(-1) };
    const deliveryId = String((await this.requestAsAdmin('POST', '/v1/deliveries', input))['deliveryId']);
    const path = `/v1/deliveries/${deliveryId}`;
    const assignedAgentId = await waitUntil(
      async () => {
        const { agentId } = await this.requestAsAdmin('GET', path);
        return typeof agentId === 'string' && agentId;
      },
      { what: `${deliveryId} to be assigned`, deadlineMs: 20_000, everyMs: 100 },
    );
    const { agentId } = this.completed;
    if (assignedAgentId !== agentId)
      await this.requestAsAdmin('POST', `${path}/reassignment`, { agentId, force: true });
    return deliveryId;
  }

  /** A push subscription as a browser creates it: an endpoint at the simulated push service, and keys. */
  pushSubscription(): Item {
    return {
      endpoint: this.simulator.pushMessagesUrl(`${this.marker}-${randomBytes(3).toString('hex')}`),
      p256dh: Buffer.concat([Buffer.from([4]), randomBytes(64)]).toString('base64url'),
      auth: randomBytes(16).toString('base64url'),
    };
  }

  async newDevice(): Promise<string> {
    const body = this.pushSubscription();
    const response = await this.product.call('POST', '/v1/me/push-subscriptions', { as: this.agentAppToken, body });
    return String(response.body['deviceId']);
  }

  async newKey(scopes: readonly string[], expiresAt?: Date): Promise<{ keyId: string; apiKey: string }> {
    const end = expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() };
    const { keyId, apiKey } = await this.requestAsAdmin('POST', '/v1/api-keys', { label: this.marker, scopes, ...end });
    return { keyId: String(keyId), apiKey: String(apiKey) };
  }

  /**
   * Opens another session for the organization's user of this role.
   *
   * @returns The new session's id.
   */
  async newSessionId(role: TestedRole | 'key'): Promise<string> {
    return (await signIn(this, this.getPerson(role))).sessionId;
  }

  getPassword(role: TestedRole | 'key'): string {
    return this.getPerson(role).password;
  }

  /** Keys and the operator are not users: the administrator stands in for them. */
  private getPerson(role: TestedRole | 'key'): Person {
    return this.people[role === 'key' || role === 'operator' ? 'admin' : role];
  }

  private waitForItem(what: string, path: string, as: string, matches = (_item: Item): boolean => true): Promise<Item> {
    return waitUntil(
      async () => {
        const response = await this.product.call('GET', path, { as });
        if (response.status !== 200)
          throw new Error(`GET ${path} failed with status ${response.status}: ${response.text}`);
        return (response.body['items'] as Item[]).find(matches);
      },
      { what, deadlineMs: 30_000, everyMs: 200 },
    );
  }
}
