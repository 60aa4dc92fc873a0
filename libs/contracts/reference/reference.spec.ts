import { contractRegistry } from '../contract-registry.js';
import {
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectListField,
  PositionField,
  TextField,
} from '../fields/index.js';
import { ContractRegistry, defineCommand, defineEvent } from '../kernel/index.js';
import { createAsyncApiDocument } from './asyncapi.js';
import { renderReferenceFiles, findStaleFiles } from './reference-files.js';
import { collectSchemas } from './schema-catalog.js';

class Stop {
  @PositionField() position!: [number, number];
  @InstantField({ optional: true, description: 'When the van is expected.' }) at?: string;
}
class TourPayload {
  @IdField() tourId!: string;
  @TextField({ max: 80 }) name!: string;
  @IntegerField({ min: 0 }) parcels!: number;
  @ChoiceField(['van', 'bicycle']) vehicle!: string;
  @ObjectListField(() => Stop, { maxItems: 9 }) stops!: Stop[];
  @ObjectField(() => Stop, { nullable: true }) depot!: Stop | null;
}
class TourReply {
  @IdField() tourId!: string;
}

const registry = new ContractRegistry(
  [
    defineEvent({
      subject: 'routing.tour.planned.v1',
      payload: TourPayload,
      consumers: ['analytics', 'gateway'],
      summary: 'A tour was planned.',
    }),
  ],
  [
    defineCommand({
      subject: 'rpc.routing.tour.plan.v1',
      request: TourPayload,
      reply: TourReply,
      errors: ['no_van'],
      callers: ['gateway'],
      summary: 'Plans a tour.',
    }),
  ],
);

function renderFile(name: string): string {
  return renderReferenceFiles(registry).get(name) ?? '';
}

describe('events.md', () => {
  it('lists the owner, consumers, payload and summary of an event', () => {
    expect(renderFile('events.md')).toContain(
      '### Events of routing\n\n| subject | consumers | payload | summary |\n| --- | --- | --- | --- |\n' +
        '| `routing.tour.planned.v1` | analytics, gateway | [TourPayload](#tourpayload) | A tour was planned. |',
    );
  });

  it.each([
    '| `name` | yes | text, 1–80 characters |  |',
    '| `parcels` | yes | integer, at least 0 |  |',
    '| `vehicle` | yes | one of `van`, `bicycle` |  |',
    '| `stops` | yes | list of [Stop](#stop); at most 9 items |  |',
    '| `depot` | yes | [Stop](#stop) or null |  |',
    '| `position` | yes | [Position](#position) |  |',
    'list of exactly 2: number, -180–180, number, -90–90.',
    '| `at` | no | UTC instant | When the van is expected. |',
  ])('describes the type and bounds of a field: %s', (row) => {
    expect(renderFile('events.md').split('\n')).toContain(row);
  });

  it('describes each class once, even if it is used several times', () => {
    expect(renderFile('events.md').match(/^### Stop$/gm)).toHaveLength(1);
  });
});

describe('rpcs.md', () => {
  it('lists the kind, callers, request, reply and errors of an RPC', () => {
    expect(renderFile('rpcs.md')).toContain(
      '| `rpc.routing.tour.plan.v1` | command | gateway | [TourPayload](#tourpayload) | [TourReply](#tourreply) | `no_van` | Plans a tour. |',
    );
  });
});

describe('asyncapi.json', () => {
  it('contains an operation for the owner and each consumer of an event', () => {
    const operations = createAsyncApiDocument(registry)['operations'] as Record<string, { action: string }>;
    expect(Object.entries(operations).map(([name, { action }]) => [name, action])).toEqual([
      ['routing.send.routing.tour.planned.v1', 'send'],
      ['analytics.receive.routing.tour.planned.v1', 'receive'],
      ['gateway.receive.routing.tour.planned.v1', 'receive'],
    ]);
  });

  it('contains the live channel with its events, replies and refusals', () => {
    const { operations, components } = createAsyncApiDocument(registry, { withLive: true }) as {
      operations: Record<string, { action: string; reply?: { messages: unknown[] } }>;
      components: { messages: Record<string, { payload: { properties: object; required: string[] } }> };
    };
    expect(operations['gateway.live.send.message']).toMatchObject({ action: 'send', tags: [{ name: 'agent' }] });
    expect(operations['gateway.live.receive.replay']?.reply?.messages).toHaveLength(2);
    expect(components.messages['live.reply.replay']?.payload).toMatchObject({
      properties: { ok: { const: true }, items: { type: 'array' } },
      required: ['ok', 'items', 'announcements', 'announcementsUpTo', 'more'],
    });
  });

  it('contains no dangling reference for the whole registry', () => {
    const asyncApi = createAsyncApiDocument(contractRegistry, { withLive: true });
    const targets = [...JSON.stringify(asyncApi).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(targets.length).toBeGreaterThan(contractRegistry.events.length);
    // Names contain dots but no slashes, so a reference can be split at its slashes.
    const dangling = targets.filter((target) => {
      const definition = target
        .split('/')
        .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], asyncApi);
      return definition === undefined;
    });
    expect(dangling).toEqual([]);
  });
});

describe('collectSchemas', () => {
  it('rejects two different classes of the same name', () => {
    const otherStop = { Stop: class Stop {} }.Stop;
    TextField()(otherStop.prototype, 'street');
    expect(() => collectSchemas([TourPayload, otherStop])).toThrow('Two different contract classes are named Stop');
  });
});

describe('findStaleFiles', () => {
  it('returns exactly the files that differ or are absent', async () => {
    const files = renderReferenceFiles(registry);
    const committed = new Map(files).set('events.md', 'old');
    committed.delete('asyncapi.json');
    expect(await findStaleFiles(files, (name) => Promise.resolve(committed.get(name)))).toEqual([
      'events.md',
      'asyncapi.json',
    ]);
    expect(await findStaleFiles(files, (name) => Promise.resolve(files.get(name)))).toEqual([]);
  });
});
