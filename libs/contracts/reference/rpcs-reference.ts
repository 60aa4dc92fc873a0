import { APPS, RPC_ERROR_CODES, type ContractRegistry, type RpcContract } from '../kernel/index.js';
import { document, table, typeSections } from './markdown.js';
import { collectSchemas } from './schema-catalog.js';

/** Returns `rpcs.md`: every query and command between the apps with its request, reply and error codes. */
export function rpcsReference(registry: ContractRegistry): string {
  const { schemas } = collectSchemas(registry.rpcs.flatMap((rpc) => [rpc.request, rpc.reply]));
  return document([
    '# Queries and commands',
    'Queries and commands use NATS request/reply, with a queue group per app and a deadline. A query changes nothing and can be ' +
      'repeated freely. A command carries a `commandId`: it runs at most once, and repeated requests return the stored reply.',
    `Each of them can also fail with: ${codes(Object.values(RPC_ERROR_CODES))}.`,
    '## Catalog',
    ...APPS.filter((app) => registry.rpcsServedBy(app).length > 0).flatMap((app) => [
      `### Served by ${app}`,
      table(
        ['subject', 'kind', 'callers', 'request', 'reply', 'errors', 'summary'],
        registry.rpcsServedBy(app).map(row),
      ),
    ]),
    '## Requests, replies and nested types',
    ...typeSections(schemas),
  ]);
}

function row(rpc: RpcContract): string[] {
  const link = (name: string): string => `[${name}](#${name.toLowerCase()})`;
  return [
    `\`${rpc.subject}\``,
    rpc.kind,
    rpc.callers.join(', '),
    link(rpc.request.name),
    link(rpc.reply.name),
    rpc.errors.length === 0 ? '–' : codes(rpc.errors),
    rpc.summary,
  ];
}

const codes = (all: readonly string[]): string => all.map((code) => `\`${code}\``).join(', ');
