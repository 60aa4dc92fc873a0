import {
  AppendImportRowsRpc,
  MAX_ROWS_PER_MESSAGE,
  StartDeliveryImportRpc,
  type DeliveryImport,
  type ImportRowInput,
} from '#libs/contracts/index.js';
import { EdgeFixture, type ApiResponse } from '../testing/edge-fixture.js';

const ROW_COUNT = 3_000;
const makeRow = (n: number): object => ({ reference: `A-${n}`, note: 'x'.repeat(600) });

describe('a bulk import', () => {
  let edge: EdgeFixture;
  let key: string;
  /** The rows that routing received, by command id: a repeated command replaces its rows. */
  const receivedRows = new Map<string, ImportRowInput[]>();
  const startCommandIds: string[] = [];

  beforeAll(async () => {
    edge = await EdgeFixture.start({});
    ({ key } = await edge.createOrganization());
    edge.mesh.serve(AppendImportRowsRpc, ({ importId, rows }, { commandId }) => {
      receivedRows.set(commandId, rows);
      return Promise.resolve({ importId, appended: rows.length });
    });
    edge.mesh.serve(StartDeliveryImportRpc, ({ importId, total }, { commandId }) => {
      startCommandIds.push(commandId);
      const createdAt = '2026-03-02T15:00:00Z';
      return Promise.resolve({ importId, revision: 1, state: 'running', total, accepted: 0, rejected: 0, createdAt });
    });
  });
  afterAll(() => edge?.stop());
  beforeEach(() => {
    receivedRows.clear();
    startCommandIds.length = 0;
  });

  const post = (mediaType: string, body: unknown, headers: Record<string, string> = {}): Promise<ApiResponse> =>
    edge.call('POST', '/v1/delivery-imports', { key, body, headers: { 'content-type': mediaType, ...headers } });
  const listReceivedRows = (): ImportRowInput[] => [...receivedRows.values()].flat();

  it('sends every row once, in messages within the broker’s limit, and then starts the import', async () => {
    const body = Array.from({ length: ROW_COUNT }, (_, index) => makeRow(index + 1));
    const response = await post('application/json', body);
    expect(response.status).toBe(202);
    expect(JSON.parse(response.text)).toMatchObject({ total: ROW_COUNT, state: 'running' });
    expect(listReceivedRows().map(({ row }) => row)).toEqual(body.map((_, index) => index + 1));
    expect(listReceivedRows().map(({ json = '' }) => JSON.parse(json) as unknown)).toEqual(body);
    for (const rows of receivedRows.values()) {
      expect(rows.length).toBeLessThanOrEqual(MAX_ROWS_PER_MESSAGE);
      expect(JSON.stringify(rows).length).toBeLessThan(900_000);
    }
    expect(startCommandIds).toHaveLength(1);
  });

  it('reads CSV and NDJSON, and sends unreadable rows to routing, too', async () => {
    await post('text/csv; charset=utf-8', 'reference,priority\r\nA-1,5\r\nA-2\r\n');
    expect(listReceivedRows()).toMatchObject([
      { row: 1, json: '{"reference":"A-1","priority":5}' },
      { row: 2, unreadable: 'the row has 1 fields, but the header has 2' },
    ]);
    receivedRows.clear();
    await post('application/x-ndjson', '{"reference":"A-1"}\n{broken\n');
    expect(listReceivedRows().map(({ json }) => json)).toEqual(['{"reference":"A-1"}', '{broken']);
  });

  it('uses the same import and command ids for the same Idempotency-Key', async () => {
    const sendImport = async (name: string): Promise<{ commands: string[]; importId: string }> => {
      receivedRows.clear();
      const response = await post('text/csv', `reference\n${name}\n`, { 'idempotency-key': name });
      expect(response.status).toBe(202);
      return { commands: [...receivedRows.keys()], importId: (JSON.parse(response.text) as DeliveryImport).importId };
    };
    const [first, second] = [await sendImport('key-1'), await sendImport('key-2')];
    expect(first.importId).not.toBe(second.importId);
    expect(first.commands).toEqual([`${first.importId}.rows-0`]);
    expect(startCommandIds).toEqual([`${first.importId}.start`, `${second.importId}.start`]);
    // The stored response is replayed: nothing is sent again.
    expect(await sendImport('key-1')).toEqual({ commands: [], importId: first.importId });
  });

  it.each([
    ['text/csv', 'refrence\nA-1', 400],
    ['text/csv', 'reference\n"A-1', 400],
    ['application/json', {}, 400],
    ['application/json', [], 400],
    ['application/xml', '<a/>', 415],
  ])('refuses an invalid document as a whole: %s %j', async (mediaType, body, status) => {
    expect((await post(mediaType, body)).status).toBe(status);
    expect(receivedRows.size).toBe(0);
  });
});
