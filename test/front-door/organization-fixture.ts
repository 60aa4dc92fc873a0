import { randomBytes } from 'node:crypto';
import { SimulatorApi } from '#deploy/demo/simulator-api.js';
import { placeAtLocalTime, type Place } from '#deploy/demo/places.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import type { RunningProduct } from './running-product.js';
import type { HttpResponse } from './http-call.js';

const EARLY_AFTERNOON_MINUTES = 13 * 60;
const NIGHT_MINUTES = 60;
const HOUR_MS = 3_600_000;
const REQUEST_TIMEOUT_MS = 120_000;
/** The serials 0 to 99 of a place's fictional numbers are divided between the two organizations of a test. */
const NUMBERS_PER_ORGANIZATION = 50;

interface CreatedOrganization {
  readonly product: RunningProduct;
  readonly organizationId: string;
  readonly marker: string;
  readonly adminKey: string;
}

/**
 * An organization and the objects it owns. Every text that it stores contains its marker, so that leaked data can be
 * recognized.
 */
export class OrganizationFixture {
  readonly product: RunningProduct;
  readonly organizationId: string;
  readonly marker: string;
  /** The administrator's key that the operator received when the organization was created. */
  readonly adminKey: string;
  readonly place: Place;
  protected readonly simulator: SimulatorApi;
  /** Every phone number that this organization has assigned. */
  readonly phones: string[] = [];
  private serial: number;
  private nightSerial: number;

  /** @param index The organizations of one product are numbered from 0. */
  protected constructor(
    created: CreatedOrganization,
    readonly index: number,
  ) {
    this.product = created.product;
    this.organizationId = created.organizationId;
    this.marker = created.marker;
    this.adminKey = created.adminKey;
    this.place = placeAtLocalTime(EARLY_AFTERNOON_MINUTES, new Date());
    this.simulator = new SimulatorApi(this.product.urlOf('simulator'), REQUEST_TIMEOUT_MS);
    this.serial = index * NUMBERS_PER_ORGANIZATION;
    this.nightSerial = index * NUMBERS_PER_ORGANIZATION;
  }

  static async build(product: RunningProduct, index: number): Promise<OrganizationFixture> {
    return new OrganizationFixture(await OrganizationFixture.createOrganization(product), index);
  }

  protected static async createOrganization(product: RunningProduct): Promise<CreatedOrganization> {
    const marker = `zq${randomBytes(5).toString('hex')}`;
    const { zone } = placeAtLocalTime(EARLY_AFTERNOON_MINUTES, new Date());
    const created = await product.call('POST', '/v1/organizations', {
      as: product.operatorKey,
      body: { name: `House ${marker}`, zone },
    });
    const { organizationId, apiKey } = expectResponse(created, 201);
    return { product, organizationId: String(organizationId), marker, adminKey: String(apiKey) };
  }

  /** Sends a request with the administrator's key, which must succeed. */
  async requestAsAdmin(method: string, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
    const response = await this.product.call(method, path, {
      as: this.adminKey,
      ...(body === undefined ? {} : { body }),
    });
    if (response.status >= 300)
      throw new Error(`${method} ${path} failed with status ${response.status}: ${response.text}`);
    return response.body;
  }

  /** Returns a phone number that is unique in this run and not assigned to a real person. */
  phone(): string {
    const serial = this.serial++;
    const indexInRange = serial - this.index * NUMBERS_PER_ORGANIZATION;
    // Beyond the fictional range any number may be used, because only the simulator dials it.
    const unreserved = `${this.place.phone(0).slice(0, -4)}${2_000 + this.index * 4_000 + indexInRange}`;
    const phone = indexInRange < NUMBERS_PER_ORGANIZATION ? this.place.phone(serial) : unreserved;
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
      shift: { start: hoursFromNow(-1), end: hoursFromNow(9) },
      capacity: { count: 500 },
      experience: 0.5,
    };
  }

  /** The input of a delivery that is so far ahead that it does not change during a test. */
  deliveryInput(customerId: string, startsInHours = 72): Record<string, unknown> {
    return {
      reference: `R-${this.marker}-${randomBytes(3).toString('hex')}`,
      customerId,
      window: { start: hoursFromNow(startsInHours), end: hoursFromNow(startsInHours + 3) },
      parcel: { description: `parcel ${this.marker}`, weightGrams: 1500 },
    };
  }

  async newCustomer(): Promise<string> {
    return String((await this.requestAsAdmin('POST', '/v1/customers', this.customerInput()))['customerId']);
  }

  async newAgent(): Promise<string> {
    return String((await this.requestAsAdmin('POST', '/v1/agents', this.agentInput()))['agentId']);
  }

  async newDelivery(customerId?: string): Promise<string> {
    const body = this.deliveryInput(customerId ?? (await this.newCustomer()));
    return String((await this.requestAsAdmin('POST', '/v1/deliveries', body))['deliveryId']);
  }

  /** Creates a delivery whose customer lives where it is night, and who is therefore not called now. */
  async newDeliveryAtNight(): Promise<string> {
    const { zone, position, phone } = placeAtLocalTime(NIGHT_MINUTES, new Date());
    const number = phone(this.nightSerial++);
    this.phones.push(number);
    const customer = { ...this.customerInput(number), zone, position: [...position] };
    const { customerId } = await this.requestAsAdmin('POST', '/v1/customers', customer);
    return this.newDelivery(String(customerId));
  }

  async agentToken(agentId: string): Promise<string> {
    return String((await this.requestAsAdmin('POST', `/v1/agents/${agentId}/tokens`, {}))['token']);
  }

  /**
   * Creates a delivery whose customer is called at once, answers, is recorded and understood, and waits until it is
   * assigned to an agent.
   *
   * @returns The delivery as the API shows it at the end.
   */
  async newCompletedDelivery(): Promise<Readonly<Record<string, unknown>>> {
    const phone = this.phone();
    await this.simulator.setCustomers([{ phone, persona: 'speaks_instructions', zone: this.place.zone }]);
    const { customerId } = await this.requestAsAdmin('POST', '/v1/customers', this.customerInput(phone));
    const input = { ...this.deliveryInput(String(customerId), 3), decideBy: hoursFromNow(2) };
    const { deliveryId } = await this.requestAsAdmin('POST', '/v1/deliveries', input);
    return waitUntil(
      async () => {
        const delivery = await this.requestAsAdmin('GET', `/v1/deliveries/${String(deliveryId)}`);
        return delivery['recordingId'] !== undefined && delivery['agentId'] !== undefined ? delivery : false;
      },
      { what: 'a delivery to be called, understood and assigned', deadlineMs: 60_000, everyMs: 250 },
    );
  }
}

export const hoursFromNow = (hours: number): string => new Date(Date.now() + hours * HOUR_MS).toISOString();

/** @throws Error with the response if its status differs. */
export function expectResponse(response: HttpResponse, status: number): Readonly<Record<string, unknown>> {
  if (response.status !== status) throw new Error(`Expected ${status}, got ${response.status}: ${response.text}`);
  return response.body;
}
