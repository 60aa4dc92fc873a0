import { APPS, RPC_ERROR_CODES, type ContractRegistry, type RpcContract } from '../kernel/index.js';
import { document, table, typeSections } from './markdown.js';
import { catalogueSchemas } from './schema-catalogue.js';

/** `rpcs.md`: every question and command between the apps with request, reply and expected failures. */
export function rpcsReference(registry: ContractRegistry): string {
  const { schemas } = catalogueSchemas(registry.rpcs.flatMap((rpc) => [rpc.request, rpc.reply]));
  return document([
    '# Questions and commands',
    'They travel over NATS request/reply with a queue group for each app and a deadline. A query changes nothing and may be ' +
      'repeated freely. A command carries a `commandId`: it is executed once, and its repeats get the stored reply.',
    `Every one of them may also fail with: ${codes(Object.values(RPC_ERROR_CODES))}.`,
    '## Catalogue',
    ...APPS.filter((app) => registry.rpcsServedBy(app).length > 0).flatMap((app) => [
      `### Served by ${app}`,
      table(
        ['subject', 'kind', 'callers', 'request', 'reply', 'own errors', 'what it does'],
        registry.rpcsServedBy(app).map(row),
      ),
    ]),
    '## Requests, replies and their parts',
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
