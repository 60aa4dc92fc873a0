import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { ListDeliveriesRpc, type Delivery, type DeliveryFilter, type DeliveryPage } from '#libs/contracts/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
import { MORNING, RoutingUnderTest, type TestOrganization } from '../testing/routing-under-test.js';

const HOUR_MS = 3_600_000;
const ROWS = 600;
const STATES = ['assigned', 'delivered', 'failed'] as const;
const PAGE_SIZE = 10;

/** The fields of an entry of MongoDB's profiler that the tests check. */
interface ProfiledQuery {
  readonly keysExamined: number;
  readonly docsExamined: number;
  readonly hasSortStage?: boolean;
}

describe('the list of deliveries', () => {
  let routing: RoutingUnderTest;
  let organization: TestOrganization;
  let connection: Connection;

  beforeAll(async () => {
    routing = await RoutingUnderTest.start();
    routing.clock.at = MORNING;
    organization = await routing.createOrganization();
    connection = routing.app.get<Connection>(getConnectionToken());
    const { deliveryId } = await organization.postDelivery({ decideBy: routing.hoursFromNow(-1) });
    const model = connection.model<DeliveryDocument>('Delivery');
    const template = await model.findById(deliveryId).lean<DeliveryDocument>().orFail();
    await model.insertMany(Array.from({ length: ROWS }, (_, index) => createSimilar(template, index)));
  });
  afterAll(() => routing?.close());

  /** Spreads deliveries over states, customers, agents and windows. Many windows start together, as in production. */
  function createSimilar(template: DeliveryDocument, index: number): DeliveryDocument {
    const start = new Date(MORNING.getTime() + (index % 4) * HOUR_MS);
    return {
      ...template,
      _id: `dlv_${index.toString(16).padStart(24, '0')}`,
      reference: `ref-${index % 60}`,
      customerId: `cus_${index % 50}`,
      agentId: `agt_${index % 5}`,
      state: STATES[index % 3] ?? 'assigned',
      window: { start, end: new Date(start.getTime() + HOUR_MS) },
    };
  }

  const list = (filter: DeliveryFilter, cursor?: string, limit = PAGE_SIZE): Promise<DeliveryPage> =>
    organization.call(ListDeliveriesRpc, { ...filter, limit, ...(cursor === undefined ? {} : { cursor }) });

  async function listAll(filter: DeliveryFilter, limit: number): Promise<Delivery[]> {
    const items: Delivery[] = [];
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await list(filter, cursor, limit);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }

  const at = (hours: number): string => new Date(MORNING.getTime() + hours * HOUR_MS).toISOString();
  const FILTERS: [string, DeliveryFilter][] = [
    ['nothing', {}],
    ['a state', { state: 'delivered' }],
    ['a customer', { customerId: 'cus_7' }],
    ['a reference', { reference: 'ref-7' }],
    ['an agent', { agentId: 'agt_2' }],
    ['an agent and a state', { agentId: 'agt_2', state: 'delivered' }],
    ['a window', { windowFrom: at(1), windowTo: at(3) }],
    ['a window from', { windowFrom: at(1) }],
    ['a state and a window', { state: 'failed', windowFrom: at(1), windowTo: at(3) }],
    ['an agent and a window', { agentId: 'agt_2', windowTo: at(3) }],
  ];

  it.each(FILTERS)(
    'filtered by %s has every matching delivery once, in order, for any page size',
    async (_name, filter) => {
      const found = await listAll(filter, 7);
      const ids = found.map(({ deliveryId }) => deliveryId);
      expect(new Set(ids).size).toBe(ids.length);
      const model = connection.model<DeliveryDocument>('Delivery');
      const stored = await model.find({ organizationId: organization.organizationId }).lean<DeliveryDocument[]>();
      const { windowFrom = '', windowTo = '9', ...equal } = filter;
      const matches = (delivery: DeliveryDocument): boolean => {
        const start = delivery.window.start.toISOString();
        const hasEqualFields = Object.entries(equal).every(
          ([field, value]) => delivery[field as keyof typeof delivery] === value,
        );
        return hasEqualFields && start >= windowFrom && start < windowTo;
      };
      expect([...ids].sort()).toEqual(
        stored
          .filter(matches)
          .map(({ _id }) => _id)
          .sort(),
      );
      const isByWindow = 'windowFrom' in filter || 'windowTo' in filter;
      const order = found.map(({ deliveryId, window }) => (isByWindow ? `${window.start} ${deliveryId}` : deliveryId));
      expect(order).toEqual(isByWindow ? [...order].sort() : [...order].sort().reverse());
    },
  );

  it.each(FILTERS)('filtered by %s examines no more than its page and one delivery more', async (_name, filter) => {
    const { nextCursor } = await list(filter);
    const database = connection.getClient().db(connection.db?.databaseName);
    await database.command({ profile: 2 });
    try {
      await list(filter);
      if (nextCursor !== undefined) await list(filter, nextCursor);
    } finally {
      await database.command({ profile: 0 });
    }
    const ns = `${database.databaseName}.deliveries`;
    const queries = await database.collection('system.profile').find({ ns, op: 'query' }).toArray();
    await database.dropCollection('system.profile');
    const pages = nextCursor === undefined ? 1 : 2;
    expect(queries.length).toBeGreaterThanOrEqual(pages);
    for (const query of queries as unknown as ProfiledQuery[]) {
      expect(query.hasSortStage ?? false).toBe(false);
      // A page that continues in a second index range reads one key beyond the first range.
      expect(query.keysExamined).toBeLessThanOrEqual(PAGE_SIZE + 2);
      expect(query.docsExamined).toBeLessThanOrEqual(PAGE_SIZE + 1);
    }
  });

  it('refuses a cursor of another list', async () => {
    const { nextCursor = '' } = await list({});
    await expect(list({ windowFrom: at(0) }, nextCursor)).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
