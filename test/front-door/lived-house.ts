import { randomBytes } from 'node:crypto';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import type { FrontDoor } from './front-door.js';
import { httpCall } from './http-call.js';
import { House, inHours } from './house.js';
import { join, signIn, type Person, type ProvenRole, type UserRole } from './people.js';

/** What came of a delivery that was called, recorded, understood, assigned, and told to its partner. */
export interface Lived {
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

/** An organisation in which every kind of thing exists, so that every operation has something to be about. */
export class LivedHouse extends House {
  lived!: Lived;
  /** One of each role; the agent among them is the one who has the lived delivery. */
  people!: Readonly<Record<UserRole, Person>>;
  /** The token of the agent's application. */
  agentsToken!: string;

  static override async build(door: FrontDoor, index: number): Promise<LivedHouse> {
    const house = new LivedHouse(await House.admit(door), index);
    const endpointId = await house.listeningEndpoint();
    const agentId = await house.newAgent();
    house.agentsToken = await house.agentToken(agentId);
    house.people = {
      admin: await join(house, 'admin'),
      dispatcher: await join(house, 'dispatcher'),
      agent: await join(house, 'agent', agentId),
      partner: await join(house, 'partner'),
    };
    const delivery = await house.livedDelivery();
    const message = await house.first('an assignment in the inbox', '/v1/me/inbox', house.agentsToken);
    const path = `/v1/webhook-endpoints/${endpointId}/deliveries`;
    const delivered = (item: Item): boolean => item['state'] === 'delivered';
    const webhook = await house.first('a webhook the partner took', path, house.adminKey, delivered);
    const { deliveryId, customerId, recordingId } = delivery;
    house.lived = {
      deliveryId: String(deliveryId),
      customerId: String(customerId),
      agentId,
      attemptId: `${String(deliveryId)}.1`,
      recordingId: String(recordingId),
      messageId: String(message['messageId']),
      endpointId,
      webhookId: String(webhook['webhookId']),
    };
    return house;
  }

  /** Ids of what it owns: no answer to anybody else holds one, unless they asked by it. */
  get ids(): string[] {
    return [this.organizationId, ...Object.values<string>({ ...this.lived })];
  }

  webhookEndpointInput(): Item {
    return { url: this.world.partnerHookUrl(`${this.marker}-${randomBytes(3).toString('hex')}`) };
  }

  async newWebhookEndpoint(): Promise<string> {
    return String((await this.make('POST', '/v1/webhook-endpoints', this.webhookEndpointInput()))['endpointId']);
  }

  /** An endpoint whose partner listens, and checks what they hear. */
  private async listeningEndpoint(): Promise<string> {
    const url = this.world.partnerHookUrl(this.marker);
    const { endpointId, secret } = await this.make('POST', '/v1/webhook-endpoints', { url });
    const answer = await httpCall(this.door.urlOf('simulator'), 'POST', `/partner/${this.marker}`, {
      body: { secret },
    });
    if (answer.status >= 300) throw new Error(`The simulator refused the partner: ${answer.status} ${answer.text}`);
    return String(endpointId);
  }

  /** Waits until the lived webhook is neither on its way nor to be tried again. */
  async settledWebhook(): Promise<string> {
    const { endpointId, webhookId } = this.lived;
    const settled = (item: Item): boolean =>
      item['webhookId'] === webhookId && item['state'] !== 'pending' && item['state'] !== 'queued';
    const path = `/v1/webhook-endpoints/${endpointId}/deliveries`;
    await this.first('the webhook to be settled', path, this.adminKey, settled);
    return webhookId;
  }

  /** A delivery that is called about no more, in the hands of the lived agent. */
  async newDeliveryInHand(): Promise<string> {
    const input = { ...this.deliveryInput(await this.newCustomer(), 3), decideBy: inHours(-1) };
    const deliveryId = String((await this.make('POST', '/v1/deliveries', input))['deliveryId']);
    const path = `/v1/deliveries/${deliveryId}`;
    const given = await waitUntil(
      async () => {
        const { agentId } = await this.make('GET', path);
        return typeof agentId === 'string' && agentId;
      },
      { what: `${deliveryId} to be given to somebody`, deadlineMs: 20_000, everyMs: 100 },
    );
    const { agentId } = this.lived;
    if (given !== agentId) await this.make('POST', `${path}/reassignment`, { agentId, force: true });
    return deliveryId;
  }

  /** A device as a browser would describe it: an address at the simulated push service, and keys of its own. */
  pushSubscription(): Item {
    return {
      endpoint: this.world.pushMessagesUrl(`${this.marker}-${randomBytes(3).toString('hex')}`),
      p256dh: Buffer.concat([Buffer.from([4]), randomBytes(64)]).toString('base64url'),
      auth: randomBytes(16).toString('base64url'),
    };
  }

  async newDevice(): Promise<string> {
    const body = this.pushSubscription();
    const answer = await this.door.call('POST', '/v1/me/push-subscriptions', { as: this.agentsToken, body });
    return String(answer.body['deviceId']);
  }

  async newKey(scopes: readonly string[], expiresAt?: Date): Promise<{ keyId: string; apiKey: string }> {
    const end = expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() };
    const { keyId, apiKey } = await this.make('POST', '/v1/api-keys', { label: this.marker, scopes, ...end });
    return { keyId: String(keyId), apiKey: String(apiKey) };
  }

  /** Signs the house's person of this role in once more. @returns the new session's id */
  async anotherSessionOf(role: ProvenRole | 'key'): Promise<string> {
    return (await signIn(this, this.personOf(role))).sessionId;
  }

  passwordOf(role: ProvenRole | 'key'): string {
    return this.personOf(role).password;
  }

  /** Keys and the operator are nobody in person: for them anybody stands in. */
  private personOf(role: ProvenRole | 'key'): Person {
    return this.people[role === 'key' || role === 'operator' ? 'admin' : role];
  }

  private first(what: string, path: string, as: string, fits = (_item: Item): boolean => true): Promise<Item> {
    return waitUntil(
      async () => {
        const answer = await this.door.call('GET', path, { as });
        if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
        return (answer.body['items'] as Item[]).find(fits);
      },
      { what, deadlineMs: 30_000, everyMs: 200 },
    );
  }
}
