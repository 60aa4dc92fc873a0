import { randomBytes } from 'node:crypto';
import { OutsideWorld } from '#deploy/demo/outside-world.js';
import { placeWhereItIs, type Place } from '#deploy/demo/places.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import type { FrontDoor } from './front-door.js';
import type { Answer } from './http-call.js';

const EARLY_AFTERNOON = 13 * 60;
const DEEP_NIGHT = 60;
const HOUR_MS = 3_600_000;
const PATIENCE_MS = 20_000;
/** Two-digit serials of a place's unused numbers: each house has its half of them. */
const NUMBERS_A_HOUSE = 50;

interface Admitted {
  readonly door: FrontDoor;
  readonly organizationId: string;
  readonly marker: string;
  readonly adminKey: string;
}

/** One organisation, and what it owns. Every text it stores carries its marker: wherever that is seen, its data is seen. */
export class House {
  readonly door: FrontDoor;
  readonly organizationId: string;
  readonly marker: string;
  /** The administrator's key that the operator was shown when the organisation was admitted. */
  readonly adminKey: string;
  readonly place: Place;
  protected readonly world: OutsideWorld;
  /** Every number this house has given to anybody. */
  readonly phones: string[] = [];
  private serial: number;
  private nightSerial: number;

  /** @param index houses of one front door are numbered from 0 */
  protected constructor(
    admitted: Admitted,
    readonly index: number,
  ) {
    this.door = admitted.door;
    this.organizationId = admitted.organizationId;
    this.marker = admitted.marker;
    this.adminKey = admitted.adminKey;
    this.place = placeWhereItIs(EARLY_AFTERNOON, new Date());
    this.world = new OutsideWorld(this.door.urlOf('simulator'), PATIENCE_MS);
    this.serial = index * NUMBERS_A_HOUSE;
    this.nightSerial = index * NUMBERS_A_HOUSE;
  }

  static async build(door: FrontDoor, index: number): Promise<House> {
    return new House(await House.admit(door), index);
  }

  protected static async admit(door: FrontDoor): Promise<Admitted> {
    const marker = `zq${randomBytes(5).toString('hex')}`;
    const { zone } = placeWhereItIs(EARLY_AFTERNOON, new Date());
    const created = await door.call('POST', '/v1/organizations', {
      as: door.operatorKey,
      body: { name: `House ${marker}`, zone },
    });
    const { organizationId, apiKey } = expectAnswer(created, 201);
    return { door, organizationId: String(organizationId), marker, adminKey: String(apiKey) };
  }

  /** A request by the administrator's key that must succeed. */
  async make(method: string, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.door.call(method, path, { as: this.adminKey, ...(body === undefined ? {} : { body }) });
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  }

  /** A number nobody else in this run has, and nobody in life. */
  phone(): string {
    const serial = this.serial++;
    const own = serial - this.index * NUMBERS_A_HOUSE;
    // Beyond the reserved range any number does: these are dialled at the simulator only.
    const beyond = `${this.place.phone(0).slice(0, -4)}${2_000 + this.index * 4_000 + own}`;
    const phone = own < NUMBERS_A_HOUSE ? this.place.phone(serial) : beyond;
    this.phones.push(phone);
    return phone;
  }

  customerInput(phone = this.phone()): Record<string, unknown> {
    return {
      name: `Customer ${this.marker}`,
      phone,
      language: 'en',
      zone: this.place.zone,
      position: [...this.place.position],
      address: `1 ${this.marker} Street`,
      legalBasis: 'consent',
    };
  }

  agentInput(): Record<string, unknown> {
    return {
      name: `Agent ${this.marker}`,
      phone: this.phone(),
      position: [...this.place.position],
      skills: [],
      shift: { start: inHours(-1), end: inHours(9) },
      capacity: { count: 500 },
      experience: 0.5,
    };
  }

  /** A delivery far enough ahead that nothing happens to it while a test looks at it. */
  deliveryInput(customerId: string, startsInHours = 72): Record<string, unknown> {
    return {
      reference: `R-${this.marker}-${randomBytes(3).toString('hex')}`,
      customerId,
      window: { start: inHours(startsInHours), end: inHours(startsInHours + 3) },
      parcel: { description: `parcel ${this.marker}`, weightGrams: 1500 },
    };
  }

  async newCustomer(): Promise<string> {
    return String((await this.make('POST', '/v1/customers', this.customerInput()))['customerId']);
  }

  async newAgent(): Promise<string> {
    return String((await this.make('POST', '/v1/agents', this.agentInput()))['agentId']);
  }

  async newDelivery(customerId?: string): Promise<string> {
    const body = this.deliveryInput(customerId ?? (await this.newCustomer()));
    return String((await this.make('POST', '/v1/deliveries', body))['deliveryId']);
  }

  /** One whose customer lives where it is deep in the night, so that they are not called now. */
  async newDeliveryAtNight(): Promise<string> {
    const { zone, position, phone } = placeWhereItIs(DEEP_NIGHT, new Date());
    const number = phone(this.nightSerial++);
    this.phones.push(number);
    const customer = { ...this.customerInput(number), zone, position: [...position] };
    const { customerId } = await this.make('POST', '/v1/customers', customer);
    return this.newDelivery(String(customerId));
  }

  async agentToken(agentId: string): Promise<string> {
    return String((await this.make('POST', `/v1/agents/${agentId}/tokens`, {}))['token']);
  }

  /**
   * A delivery whose customer is called at once, answers, is recorded and understood, and which is given to an agent.
   * @returns the delivery as the API tells it at the end
   */
  async livedDelivery(): Promise<Readonly<Record<string, unknown>>> {
    const phone = this.phone();
    await this.world.setCustomers([{ phone, persona: 'speaks_instructions', zone: this.place.zone }]);
    const { customerId } = await this.make('POST', '/v1/customers', this.customerInput(phone));
    const input = { ...this.deliveryInput(String(customerId), 3), decideBy: inHours(2) };
    const { deliveryId } = await this.make('POST', '/v1/deliveries', input);
    return waitUntil(
      async () => {
        const delivery = await this.make('GET', `/v1/deliveries/${String(deliveryId)}`);
        return delivery['recordingId'] !== undefined && delivery['agentId'] !== undefined ? delivery : false;
      },
      { what: 'a delivery to be called, understood and assigned', deadlineMs: 60_000, everyMs: 250 },
    );
  }
}

export const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

/** @throws Error with the answer, when its status is another one */
export function expectAnswer(answer: Answer, status: number): Readonly<Record<string, unknown>> {
  if (answer.status !== status) throw new Error(`Expected ${status}, got ${answer.status}: ${answer.text}`);
  return answer.body;
}
