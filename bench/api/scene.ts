import mongoose from 'mongoose';
import type { Delivery } from '#libs/contracts/index.js';
import { PartnerApi } from '#deploy/demo/partner-api.js';
import { placeAtLocalTime } from '#deploy/demo/places.js';
import type { Stack } from '#deploy/local/stack/index.js';
import { toDatabaseName, createId } from '#libs/persistence/index.js';
import { signInDispatcher } from './sign-in.js';

const REQUEST_TIMEOUT_MS = 30_000;
const DAY_MS = 86_400_000;
/**
 * Minutes after midnight. Customers live where it is this time, so that their call is planned but not placed while the
 * bench runs.
 */
const MIDDLE_OF_THE_NIGHT = 60;
/** Rows per insert command. */
const BATCH_SIZE = 5_000;

/** An organization with many deliveries, which are inserted directly into routing's database. */
export interface BenchOrganization {
  readonly organizationId: string;
  /** The API key of its administrator. */
  readonly key: string;
  /** A dispatcher's access token. */
  readonly token: string;
  readonly customerId: string;
  /** In list order, newest first. A sample if there are very many. */
  readonly deliveryIds: readonly string[];
}

export interface Scene {
  readonly gatewayUrl: string;
  readonly routing: mongoose.mongo.Db;
  readonly client: mongoose.mongo.MongoClient;
}

export async function openScene(stack: Pick<Stack, 'apps' | 'env'>): Promise<Scene> {
  const uri = stack.env['routing']?.['MONGODB_URI'] ?? '';
  const client = await mongoose.mongo.MongoClient.connect(uri);
  return {
    gatewayUrl: stack.apps.get('gateway')?.url ?? '',
    client,
    routing: client.db(toDatabaseName(uri, 'routing')),
  };
}

export async function createOrganization(
  { gatewayUrl }: Scene,
  operatorKey: string,
  name: string,
): Promise<Omit<BenchOrganization, 'deliveryIds'>> {
  const operator = new PartnerApi(gatewayUrl, operatorKey, REQUEST_TIMEOUT_MS);
  const { organizationId, apiKey } = await operator.post<{ organizationId: string; apiKey: string }>(
    '/v1/organizations',
    { name, zone: 'Europe/London' },
  );
  const admin = new PartnerApi(gatewayUrl, apiKey, REQUEST_TIMEOUT_MS);
  const { phone, position } = placeAtLocalTime(MIDDLE_OF_THE_NIGHT, new Date());
  const { customerId } = await admin.post<{ customerId: string }>('/v1/customers', {
    name: 'Cara Customer',
    phone: phone(0),
    language: 'en',
    position,
    address: '1 Bench Street',
    legalBasis: 'consent',
  });
  return { organizationId, key: apiKey, customerId, token: await signInDispatcher(gatewayUrl, apiKey) };
}

/**
 * Creates one delivery through the API and inserts `count` copies of the stored document, with ids from
 * `createId`. No call is planned for the copies: they only exist to be read.
 */
export async function fillOrganization(
  scene: Scene,
  organization: Omit<BenchOrganization, 'deliveryIds'>,
  count: number,
  report: (line: string) => void,
): Promise<BenchOrganization> {
  const api = new PartnerApi(scene.gatewayUrl, organization.key, REQUEST_TIMEOUT_MS);
  const { deliveryId } = await api.post<Delivery>('/v1/deliveries', deliveryInput(organization.customerId, 'B-0'));
  const deliveries = scene.routing.collection<{ _id: string }>('deliveries');
  const template = await deliveries.findOne({ _id: deliveryId });
  if (!template) throw new Error(`routing has not stored ${deliveryId}`);
  const sample: string[] = [];
  const everyNth = Math.max(1, Math.floor(count / 20_000));
  for (let done = 0; done < count; done += BATCH_SIZE) {
    const rows = Array.from({ length: Math.min(BATCH_SIZE, count - done) }, (_, index) => {
      const _id = createId('dlv');
      if ((done + index) % everyNth === 0) sample.push(_id);
      return { ...template, _id, reference: `B-${done + index + 1}` };
    });
    await deliveries.insertMany(rows, { ordered: false, writeConcern: { w: 'majority' } });
    if (done > 0 && done % 100_000 === 0) report(`  ${done} of ${count} deliveries`);
  }
  return { ...organization, deliveryIds: sample.reverse() };
}

/** The body of a POST of a delivery whose window starts in a week. */
export function deliveryInput(customerId: string, reference: string, now = Date.now()): object {
  const at = (days: number): string => new Date(now + days * DAY_MS).toISOString();
  return {
    reference,
    customerId,
    window: { start: at(7), end: at(7.25) },
    decideBy: at(6),
    parcel: { description: 'a parcel', weightGrams: 1500 },
  };
}

export const toCursor = (deliveryId: string): string => Buffer.from(deliveryId).toString('base64url');
