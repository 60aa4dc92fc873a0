import {
  AppendImportRowsRpc,
  MAX_ROWS_PER_MESSAGE,
  StartDeliveryImportRpc,
  type DeliveryImport,
  type ImportRowInput,
} from '#libs/contracts/index.js';
import { EdgeFixture, type Answer } from '../testing/edge-fixture.js';

const ROWS = 3_000;
const row = (n: number): object => ({ reference: `A-${n}`, note: 'x'.repeat(600) });

describe('sendImport a bulk import', () => {
  let edge: EdgeFixture;
  let key: string;
  /** The rows sent to routing, by command id, so that a repeat overwrites its first run. */
  const sent = new Map<string, ImportRowInput[]>();
  const started: string[] = [];

  beforeAll(async () => {
    edge = await EdgeFixture.start({});
    ({ key } = await edge.organization());
    edge.mesh.serve(AppendImportRowsRpc, ({ importId, rows }, { commandId }) => {
      sent.set(commandId, rows);
      return Promise.resolve({ importId, appended: rows.length });
    });
    edge.mesh.serve(StartDeliveryImportRpc, ({ importId, total }, { commandId }) => {
      started.push(commandId);
      const createdAt = '2026-03-02T15:00:00Z';
      return Promise.resolve({ importId, revision: 1, state: 'running', total, accepted: 0, rejected: 0, createdAt });
    });
  });
  afterAll(() => edge?.stop());
  beforeEach(() => {
    sent.clear();
    started.length = 0;
  });

  const post = (media: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    edge.call('POST', '/v1/delivery-imports', { key, body, headers: { 'content-type': media, ...headers } });
  const rowsSent = (): ImportRowInput[] => [...sent.values()].flat();

  it('sends every row once, in messages within the broker’s limit, and then starts the import', async () => {
    const body = Array.from({ length: ROWS }, (_, index) => row(index + 1));
    const answer = await post('application/json', body);
    expect(answer.status).toBe(202);
    expect(JSON.parse(answer.text)).toMatchObject({ total: ROWS, state: 'running' });
    expect(rowsSent().map((one) => one.row)).toEqual(body.map((_, index) => index + 1));
    expect(rowsSent().map(({ json = '' }) => JSON.parse(json) as unknown)).toEqual(body);
    for (const rows of sent.values()) {
      expect(rows.length).toBeLessThanOrEqual(MAX_ROWS_PER_MESSAGE);
      expect(JSON.stringify(rows).length).toBeLessThan(900_000);
    }
    expect(started).toHaveLength(1);
  });

  it('reads CSV and NDJSON, and passes unreadable rows on', async () => {
    await post('text/csv; charset=utf-8', 'reference,priority\r\nA-1,5\r\nA-2\r\n');
    expect(rowsSent()).toMatchObject([
      { row: 1, json: '{"reference":"A-1","priority":5}' },
      { row: 2, unreadable: 'the row has 1 fields, but the header has 2' },
    ]);
    sent.clear();
    await post('application/x-ndjson', '{"reference":"A-1"}\n{broken\n');
    expect(rowsSent().map(({ json }) => json)).toEqual(['{"reference":"A-1"}', '{broken']);
  });

  it('uses the same import and command ids for the same Idempotency-Key', async () => {
    const sendImport = async (name: string): Promise<{ commands: string[]; importId: string }> => {
      sent.clear();
      const answer = await post('text/csv', `reference\n${name}\n`, { 'idempotency-key': name });
      expect(answer.status).toBe(202);
      return { commands: [...sent.keys()], importId: (JSON.parse(answer.text) as DeliveryImport).importId };
    };
    const [one, other] = [await sendImport('key-1'), await sendImport('key-2')];
    expect(one.importId).not.toBe(other.importId);
    expect(one.commands).toEqual([`${one.importId}.rows-0`]);
    expect(started).toEqual([`${one.importId}.start`, `${other.importId}.start`]);
    // The stored response is replayed: nothing is sent again.
    expect(await sendImport('key-1')).toEqual({ commands: [], importId: one.importId });
  });

  it.each([
    ['text/csv', 'refrence\nA-1', 400],
    ['text/csv', 'reference\n"A-1', 400],
    ['application/json', {}, 400],
    ['application/json', [], 400],
    ['application/xml', '<a/>', 415],
  ])('refuses an invalid document as a whole: %s %j', async (media, body, status) => {
    expect((await post(media, body)).status).toBe(status);
    expect(sent.size).toBe(0);
  });
});
