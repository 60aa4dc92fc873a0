import { DeliveryInput, MAX_IMPORT_ROWS, parseContract } from '#libs/contracts/index.js';
import { CSV_COLUMNS } from './csv-rows.js';
import { CSV, NDJSON, readRows } from './read-rows.js';

const delivery = {
  reference: 'A-1',
  customer: {
    name: 'Cara "C" Customer',
    phone: '+13125550123',
    language: 'en',
    zone: 'America/Chicago',
    address: '1 Lake St, Chicago',
    position: [-87.6, 41.9],
    legalBasis: 'consent',
  },
  window: { start: '2030-03-02T15:00:00Z', end: '2030-03-02T17:00:00Z' },
  decideBy: '2030-03-02T14:00:00Z',
  parcel: { description: 'a bicycle', weightGrams: 12_000, volumeMl: 90_000 },
  requires: ['two_person', 'vehicle:van'],
  priority: 70,
};
const cells = [
  'A-1',
  '',
  '"Cara ""C"" Customer"',
  '+13125550123',
  'en',
  'America/Chicago',
  '"1 Lake St, Chicago"',
  '-87.6',
  '41.9',
  'consent',
  '2030-03-02T15:00:00Z',
  '2030-03-02T17:00:00Z',
  '2030-03-02T14:00:00Z',
  'a bicycle',
  '12000',
  '90000',
  'two_person; vehicle:van',
  '70',
];
const readParsedRows = async (mediaType: string, body: unknown): Promise<unknown[]> =>
  (await readRows(mediaType, body)).map((row) => ('json' in row ? (JSON.parse(row.json) as unknown) : row));

describe('the rows of an import', () => {
  it('are the same deliveries as JSON, NDJSON and CSV', async () => {
    expect(await readParsedRows('application/json', [delivery])).toEqual([delivery]);
    expect(await readParsedRows(NDJSON, `\n${JSON.stringify(delivery)}\r\n\n`)).toEqual([delivery]);
    const [fromCsv] = await readParsedRows(CSV, `${CSV_COLUMNS.join(',')}\r\n${cells.join(',')}\r\n`);
    expect(fromCsv).toEqual(delivery);
    expect(() => parseContract(DeliveryInput, fromCsv, 'reject')).not.toThrow();
  });

  it('accept CSV columns in any order, and omit empty cells', async () => {
    expect(await readParsedRows(CSV, 'windowEnd,reference,priority\nlater,A-1,high\n,A-2,')).toEqual([
      { window: { end: 'later' }, reference: 'A-1', priority: 'high' },
      { reference: 'A-2' },
    ]);
  });

  it('report an invalid row and keep the others', async () => {
    expect(await readRows(CSV, 'reference,priority\nA-1\nA-2,1')).toEqual([
      { unreadable: 'the row has 1 fields, but the header has 2' },
      { json: '{"reference":"A-2","priority":1}' },
    ]);
    const [overlongRow] = await readRows('application/json', [{ reference: 'x'.repeat(30_000) }]);
    expect(overlongRow).toHaveProperty('unreadable');
  });

  it('report only the first errors in a huge header', async () => {
    const header = Array.from({ length: 500_000 }, (_, index) => `c${index}`).join(',');
    const error: unknown = await readRows(CSV, header).catch((thrown: unknown) => thrown);
    const reportedColumns = String(error).match(/unknown column "c\d+"/g);
    expect(reportedColumns).toEqual(Array.from({ length: 20 }, (_, index) => `unknown column "c${index}"`));
  });

  it.each([
    ['application/json', {}, 'array'],
    ['application/json', [], 'at least one'],
    [NDJSON, '\n', 'at least one'],
    [CSV, 'reference\n', 'at least one'],
    [CSV, 'refrence\nA-1', 'unknown column "refrence"'],
    [CSV, '__proto__\nA-1', 'unknown column'],
    [CSV, 'reference,reference\nA,B', 'duplicate column'],
    [CSV, 'reference\n"A-1', 'Line 2'],
    ['application/json', Array.from({ length: MAX_IMPORT_ROWS + 1 }, () => 1), 'at most'],
  ])('are refused as a whole if the document is invalid: %s %j', async (mediaType, body, reason) => {
    await expect(readRows(mediaType, body)).rejects.toThrow(reason);
  });
});
