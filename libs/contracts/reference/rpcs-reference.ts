import { APPS, RPC_ERROR_CODES, type ContractRegistry, type RpcContract } from '../kernel/index.js';
import { renderDocument, renderTable, renderTypeSections } from './markdown.js';
import { collectSchemas } from './schema-catalog.js';

/** Returns `rpcs.md`: every query and command between the apps with its request, reply and error codes. */
export function renderRpcsReference(registry: ContractRegistry): string {
  const { schemas } = collectSchemas(registry.rpcs.flatMap((rpc) => [rpc.request, rpc.reply]));
  return renderDocument([
    '# Queries and commands',
    'Queries and commands use NATS request/reply, with a queue group per app and a deadline. A query changes nothing and can be ' +
      'repeated freely. A command carries a `commandId`: it runs at most once, and repeated requests return the stored reply.',
    `Each of them can also fail with: ${formatCodes(Object.values(RPC_ERROR_CODES))}.`,
    '## Catalog',
    ...APPS.filter((app) => registry.rpcsServedBy(app).length > 0).flatMap((app) => [
      `### Served by ${app}`,
      renderTable(
        ['subject', 'kind', 'callers', 'request', 'reply', 'errors', 'summary'],
        registry.rpcsServedBy(app).map(toRow),
      ),
    ]),
    '## Requests, replies and nested types',
    ...renderTypeSections(schemas),
  ]);
}

function toRow(rpc: RpcContract): string[] {
  const toLink = (name: string): string => `[${name}](#${name.toLowerCase()})`;
  return [
    `\`${rpc.subject}\``,
    rpc.kind,
    rpc.callers.join(', '),
    toLink(rpc.request.name),
    toLink(rpc.reply.name),
    rpc.errors.length === 0 ? '–' : formatCodes(rpc.errors),
    rpc.summary,
  ];
}

const formatCodes = (codes: readonly string[]): string => codes.map((code) => `\`${code}\``).join(', ');
