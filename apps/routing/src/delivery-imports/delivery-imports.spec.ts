import {
  AppendImportRowsRpc,
  DeliveryCreated,
  DeliveryImportFinished,
  DeliveryImportStarted,
  GetDeliveryImportRpc,
  ListImportRowsRpc,
  StartDeliveryImportRpc,
  type DeliveryImport,
  type DeliveryImportRow,
  type DeliveryImportRowPage,
  type ImportRowInput,
  type ImportRowState,
} from '#libs/contracts/index.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { SupervisedProcess } from '#libs/testing/processes/supervised.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { eventually, MORNING, RoutingUnderTest, publishOrganization } from '../testing/routing-under-test.js';
import type { RoutingServers } from '../testing/routing-modules.js';

const HOUR_MS = 3_600_000;

/** A partner's import, as the gateway forwards it. */
class TestImport {
  constructor(
    private readonly mesh: MeshDouble,
    private readonly organizationId: string,
    readonly importId: string,
  ) {}

  append(rows: ImportRowInput[], part = 1): Promise<unknown> {
    const { importId, organizationId } = this;
    return this.mesh.call(
      AppendImportRowsRpc,
      { importId, rows },
      { organizationId, commandId: `${importId}.${part}` },
    );
  }

  start(total: number): Promise<DeliveryImport> {
    const { importId, organizationId } = this;
    return this.mesh.call(
      StartDeliveryImportRpc,
      { importId, total },
      { organizationId, commandId: `${importId}.start` },
    );
  }

  get(): Promise<DeliveryImport> {
    return this.mesh.call(GetDeliveryImportRpc, { importId: this.importId }, { organizationId: this.organizationId });
  }

  getPage(state?: ImportRowState, cursor?: string, limit = 200): Promise<DeliveryImportRowPage> {
    const { importId, organizationId } = this;
    const request = {
      importId,
      limit,
      ...(state === undefined ? {} : { state }),
      ...(cursor === undefined ? {} : { cursor }),
    };
    return this.mesh.call(ListImportRowsRpc, request, { organizationId });
  }

  async listRows(state?: ImportRowState): Promise<DeliveryImportRow[]> {
    const items: DeliveryImportRow[] = [];
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await this.getPage(state, cursor, 100);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }

  waitUntilDone(deadlineMs?: number): Promise<DeliveryImport> {
    const probe = async (): Promise<DeliveryImport | false> => {
      const current = await this.get();
      return current.state === 'done' && current;
    };
    return eventually(`${this.importId} to be done`, probe, deadlineMs);
  }
}

/** Creates a row whose delivery has a window that starts 24 hours after `from`. */
const createDeliveryRow = (
  row: number,
  from: Date,
  overrides: object = {},
  customerOverrides: object = {},
): ImportRowInput => ({
  row,
  json: JSON.stringify({
    reference: `row-${row}`,
    customer: { name: 'C', phone: `+1312${String(5_000_000 + row)}`, position: [-87.6, 41.9], ...customerOverrides },
    window: {
      start: new Date(from.getTime() + 24 * HOUR_MS).toISOString(),
      end: new Date(from.getTime() + 28 * HOUR_MS).toISOString(),
    },
    ...overrides,
  }),
});

describe('a bulk import', () => {
  describe('in one process', () => {
    let routing: RoutingUnderTest;

    beforeAll(async () => {
      routing = await RoutingUnderTest.start();
      routing.clock.at = MORNING;
    });
    afterAll(() => routing?.close());

    it('creates deliveries from valid rows, reports the problems of the others, and publishes its start and end', async () => {
      const { organizationId } = await routing.createOrganization();
      const testImport = new TestImport(routing.mesh, organizationId, 'imp_mixed');
      await testImport.append([
        createDeliveryRow(1, MORNING),
        createDeliveryRow(2, MORNING, { priority: 1000, refrence: 'x' }),
        { row: 3, unreadable: 'the row has 1 fields, the header 2' },
        { row: 4, json: '{"reference":' },
        createDeliveryRow(5, MORNING, { window: { start: '2020-01-01T10:00:00Z', end: '2020-01-01T12:00:00Z' } }),
        createDeliveryRow(6, MORNING, { customer: undefined, customerId: 'cus_unknown' }),
        { row: 7, json: '17' },
      ]);
      await testImport.append([createDeliveryRow(8, MORNING)], 2);
      expect(await testImport.start(8)).toMatchObject({ state: 'running', total: 8, accepted: 0, rejected: 1 });
      expect(await testImport.waitUntilDone()).toMatchObject({ total: 8, accepted: 2, rejected: 6 });

      const rows = await testImport.listRows();
      expect(rows.map(({ row, state }) => `${row} ${state}`)).toEqual(
        [1, 2, 3, 4, 5, 6, 7, 8].map((row) => `${row} ${row === 1 || row === 8 ? 'accepted' : 'rejected'}`),
      );
      expect(rows.map(({ problem }) => problem?.code)).toEqual([
        undefined,
        'invalid_row',
        'unreadable_row',
        'unreadable_row',
        'window_invalid',
        'not_found',
        'invalid_row',
        undefined,
      ]);
      const paths = rows[1]?.problem?.errors?.map(({ path }) => path) ?? [];
      expect(new Set(paths)).toEqual(new Set(['priority', 'refrence']));
      expect((await testImport.listRows('accepted')).map(({ reference }) => reference)).toEqual(['row-1', 'row-8']);
      const finished = await eventually('the event of the end of the import', async () => {
        const events = await routing.mesh.published(DeliveryImportFinished);
        return events.find(({ aggregateId }) => aggregateId === testImport.importId);
      });
      expect(finished.payload).toMatchObject({ total: 8, accepted: 2, rejected: 6 });
      const started = await routing.mesh.published(DeliveryImportStarted);
      expect(started.filter(({ aggregateId }) => aggregateId === testImport.importId)).toHaveLength(1);
    });

    it('creates each delivery once if the import is sent twice', async () => {
      const { organizationId } = await routing.createOrganization();
      const testImport = new TestImport(routing.mesh, organizationId, 'imp_twice');
      const rows = [createDeliveryRow(1, MORNING), createDeliveryRow(2, MORNING)];
      await testImport.append(rows);
      await expect(testImport.start(3)).rejects.toMatchObject({ code: 'rows_missing' });
      const repeatedImport = new TestImport(routing.mesh, organizationId, 'imp_twice');
      await repeatedImport.append(rows);
      const first = await repeatedImport.start(2);
      expect(await repeatedImport.start(2)).toEqual(first);
      await testImport.waitUntilDone();
      const created = (await routing.mesh.published(DeliveryCreated)).filter(
        (event) => event.organizationId === organizationId,
      );
      expect(created).toHaveLength(2);
    });

    it('without readable rows is done at once and is not visible to other organizations', async () => {
      const [organization, other] = [await routing.createOrganization(), await routing.createOrganization()];
      const testImport = new TestImport(routing.mesh, organization.organizationId, 'imp_none');
      await testImport.append([{ row: 1, unreadable: 'nothing' }]);
      expect(await testImport.start(1)).toMatchObject({ state: 'done', accepted: 0, rejected: 1 });
      const asOtherOrganization = new TestImport(routing.mesh, other.organizationId, 'imp_none');
      await expect(asOtherOrganization.get()).rejects.toMatchObject({ code: 'not_found' });
      await expect(asOtherOrganization.getPage()).rejects.toMatchObject({ code: 'not_found' });
    });
  });

  describe('in a process that is killed', () => {
    const ROWS = 200;
    /** Allows for restarts of processes on a busy machine. */
    const DEADLINE_MS = 90_000;
    let process: SupervisedProcess;
    let mesh: MeshDouble;

    beforeAll(async () => {
      const { mongo, nats, redis } = await startTestServers({ mongo: true, nats: true, redis: true });
      const servers: RoutingServers = { mongoUri: mongo.uri, natsUrl: nats.url, redisUrl: redis.url };
      const program = new URL('../testing/routing-process.ts', import.meta.url);
      process = await SupervisedProcess.start(program, [JSON.stringify(servers)]);
      mesh = await MeshDouble.open(nats.url, 'gateway');
    });
    afterAll(async () => {
      await process?.stop();
      await mesh?.close();
    });

    it('neither loses a row nor imports one twice', async () => {
      const organizationId = 'org_kill';
      await publishOrganization(mesh, organizationId);
      const testImport = new TestImport(mesh, organizationId, 'imp_kill');
      const now = new Date();
      // Calls are due later, so that only the import runs.
      const later = new Date(now.getTime() + 20 * HOUR_MS);
      const callWindows = [{ start: later.toISOString(), end: new Date(later.getTime() + HOUR_MS).toISOString() }];
      await testImport.append(
        Array.from({ length: ROWS }, (_, index) => createDeliveryRow(index + 1, now, {}, { callWindows })),
      );
      await testImport.start(ROWS);
      for (const [killCount, minAccepted] of [25, 100].entries()) {
        await eventually(
          `${minAccepted} accepted rows`,
          async () => (await testImport.get()).accepted >= minAccepted,
          DEADLINE_MS,
        );
        process.kill9();
        await eventually('the process to die', () => Promise.resolve(process.exitCount > killCount), DEADLINE_MS);
      }
      const resumed = await eventually(
        'routing to respond again',
        async () => testImport.get().catch(() => undefined),
        DEADLINE_MS,
      );
      expect(resumed.state).toBe('running');
      expect(await testImport.waitUntilDone(DEADLINE_MS)).toMatchObject({ total: ROWS, accepted: ROWS, rejected: 0 });

      const rows = await testImport.listRows('accepted');
      expect(rows.map(({ reference }) => reference)).toEqual(rows.map(({ row }) => `row-${row}`));
      const createdIds = rows.map(({ deliveryId }) => deliveryId).sort();
      expect(new Set(createdIds).size).toBe(ROWS);
      const published = await eventually(
        'every delivery to be published',
        async () => {
          const ids = new Set((await mesh.published(DeliveryCreated)).map(({ aggregateId }) => aggregateId));
          return ids.size >= ROWS && ids;
        },
        DEADLINE_MS,
      );
      expect([...published].sort()).toEqual(createdIds);
    });
  });
});
