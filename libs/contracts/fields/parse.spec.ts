import fc from 'fast-check';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import {
  ChoiceField,
  ContractViolation,
  IdField,
  InstantField,
  IntegerField,
  toJsonSchema,
  ObjectField,
  ObjectListField,
  parseContract,
  PhoneField,
  PositionField,
  TextListField,
  TimeZoneField,
} from './index.js';

class Item {
  @IdField() id!: string;
  @IntegerField({ min: 1, max: 9 }) count!: number;
}

class Order {
  @IdField() orderId!: string;
  @PhoneField() phone!: string;
  @InstantField() at!: string;
  @TimeZoneField() zone!: string;
  @PositionField() position!: [number, number];
  @ChoiceField(['red', 'blue']) color!: string;
  @ObjectField(() => Item) main!: Item;
  @ObjectListField(() => Item, { minItems: 1, maxItems: 3 }) items!: Item[];
  @TextListField({ optional: true }) tags?: string[];
  @ObjectField(() => Item, { optional: true, nullable: true }) spare?: Item | null;
}

const order = {
  orderId: 'o-1',
  phone: '+13125550123',
  at: '2026-03-02T15:00:00Z',
  zone: 'America/Chicago',
  position: [-87.6, 41.9],
  color: 'red',
  main: { id: 'a', count: 1 },
  items: [{ id: 'b', count: 2 }],
};

function findIssuePaths(json: unknown): string[] {
  try {
    parseContract(Order, json, 'reject');
    return [];
  } catch (error) {
    if (error instanceof ContractViolation) return [...new Set(error.issues.map((issue) => issue.path))];
    throw error;
  }
}

describe('parseContract', () => {
  it('returns instances of the contract classes, including nested ones', () => {
    const parsed = parseContract(Order, order, 'reject');
    expect(parsed).toBeInstanceOf(Order);
    expect(parsed.main).toBeInstanceOf(Item);
    expect(parsed.items[0]).toBeInstanceOf(Item);
    expect(JSON.parse(JSON.stringify(parsed))).toEqual(order);
  });

  it.each([
    ['an absent nested object', { ...order, main: undefined }, 'main'],
    ['null where none is allowed', { ...order, main: null }, 'main'],
    ['an array where an object belongs', { ...order, main: [{ id: 'a', count: 1 }] }, 'main'],
    ['an object where an array belongs', { ...order, items: { id: 'a', count: 1 } }, 'items'],
    ['an array inside the array', { ...order, items: [[{ id: 'a', count: 1 }]] }, 'items'],
    ['a null in the list', { ...order, items: [null] }, 'items'],
    ['too many items', { ...order, items: Array(4).fill({ id: 'a', count: 1 }) }, 'items'],
    ['a wrong nested value, by its path', { ...order, items: [{ id: 'a', count: 0 }] }, 'items.0.count'],
    ['a number as text', { ...order, main: { id: 'a', count: '1' } }, 'main.count'],
    ['an operator in place of an id', { ...order, orderId: { $ne: null } }, 'orderId'],
    ['a day that does not exist', { ...order, at: '2026-02-30T00:00:00Z' }, 'at'],
    ['a local time', { ...order, at: '2026-03-02T15:00:00' }, 'at'],
    ['a zone that does not exist', { ...order, zone: 'Mars/Olympus' }, 'zone'],
    ['a latitude first', { ...order, position: [41.9, -187.6] }, 'position'],
    ['an unknown field', { ...order, colur: 'red' }, 'colur'],
    ['an unknown nested field', { ...order, main: { id: 'a', count: 1, admin: true } }, 'main.admin'],
    ['NUL in a text', { ...order, tags: ['a\0b'] }, 'tags'],
    ['half a surrogate pair', { ...order, tags: ['\ud83d'] }, 'tags'],
    ['a list with a non-text', { ...order, tags: ['a', 1] }, 'tags'],
  ])('rejects %s', (_case, json, path) => {
    expect(findIssuePaths(json).filter((issuePath) => !issuePath.startsWith(`${path}.`))).toEqual([path]);
  });

  it('reports every issue, not only the first', () => {
    expect(findIssuePaths({ ...order, phone: '555', color: 'green', main: { id: '', count: 1 } })).toEqual([
      'phone',
      'color',
      'main.id',
    ]);
  });

  it('rejects documents that are nested too deeply or have too many fields, at any size', () => {
    const nested = (opening: string, closing: string, times: number): unknown =>
      JSON.parse(`${opening.repeat(times)}1${closing.repeat(times)}`);
    for (const deep of [nested('[', ']', 40), nested('[', ']', 5_000), nested('{"a":', '}', 5_000)]) {
      expect(() => parseContract(Order, { ...order, tags: deep }, 'reject')).toThrow(/nested deeper than 32 levels/);
      expect(() => parseContract(Order, { ...order, unknown: deep }, 'ignore')).toThrow(/nested deeper than 32 levels/);
    }
    const wide = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`field${index}`, index]));
    expect(() => parseContract(Order, { ...order, ...wide }, 'ignore')).toThrow(/more than 500 fields/);
  });

  it('lists 100 issues, and only the number of the others', () => {
    const fields = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`field${index}`, index]));
    const parse = (): unknown => parseContract(Order, { ...order, ...fields }, 'reject');
    expect(parse).toThrow(ContractViolation);
    expect(parse).toThrow(/field99 should not exist; and 200 more issues$/);
  });

  it('reports an unknown field name truncated and without control characters', () => {
    const name = `a\u0000b\n\ud800${'c'.repeat(500)}`;
    const parse = (): unknown => parseContract(Order, { ...order, main: { ...order.main, [name]: 1 } }, 'reject');
    const shownName = `a\ufffdb\ufffd\ufffd${'c'.repeat(95)}`;
    expect(parse).toThrow(new RegExp(`property ${shownName} should not exist$`));
  });

  it('drops unknown fields if they are ignored', () => {
    const parsed = parseContract(Order, { ...order, newer: 1, main: { ...order.main, newer: 1 } }, 'ignore');
    expect(JSON.parse(JSON.stringify(parsed))).toEqual(order);
  });

  it('throws only a ContractViolation for hostile JSON', () => {
    const hostile = fc.oneof(
      fc.jsonValue({ maxDepth: 5 }),
      fc.constantFrom({ $gt: '' }, JSON.parse('{"__proto__":{"x":1}}') as object),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(order)), hostile, (field, value) => {
        try {
          parseContract(Order, { ...order, [field]: value }, 'reject');
        } catch (error) {
          expect(error).toBeInstanceOf(ContractViolation);
        }
        expect(({} as Record<string, unknown>)['x']).toBeUndefined();
      }),
      { numRuns: propertyRuns(500) },
    );
    fc.assert(fc.property(fc.jsonValue(), (json) => findIssuePaths(json).length > 0));
  });
});

describe('toJsonSchema', () => {
  it('contains the same fields and bounds as the contract class', () => {
    const schema = toJsonSchema(Order) as { required: string[]; properties: Record<string, unknown> };
    expect(schema.required).toEqual(Object.keys(order));
    expect(schema.properties['main']).toMatchObject({
      type: 'object',
      properties: { count: { type: 'integer', minimum: 1, maximum: 9 } },
      additionalProperties: false,
    });
    expect(schema.properties['items']).toMatchObject({ type: 'array', minItems: 1, maxItems: 3 });
    expect(schema.properties['spare']).toMatchObject({ anyOf: [{ type: 'object' }, { type: 'null' }] });
  });
});
