import type { ContractRegistry } from '../kernel/index.js';
import { document, table, typeSections } from './markdown.js';
import { catalogueSchemas } from './schema-catalogue.js';

/** `events.md`: every event with its owner, its consumers and its payload. */
export function eventsReference(registry: ContractRegistry): string {
  const { schemas } = catalogueSchemas(registry.events.map((event) => event.payload));
  return document([
    '# Events',
    'Events travel over NATS JetStream: one stream for each owning app, one durable consumer for each consuming app. ' +
      'Consumers ignore fields they do not know; a change that is not additive gets a new version in the subject.',
    '## Envelope',
    table(
      ['field', 'meaning'],
      [
        ['`id`', 'Unique for ever: key of the inbox, and `Nats-Msg-Id`.'],
        ['`subject`', 'The subject below.'],
        ['`organizationId`', 'The tenant.'],
        ['`aggregateId`', 'What it happened to.'],
        ['`sequence`', 'Counts the events of that aggregate from 1 without a gap: order is by it, not by arrival.'],
        ['`occurredAt`', 'UTC instant.'],
        ['`payload`', 'As below.'],
      ],
    ),
    '## Catalogue',
    ...registry.owners.flatMap((owner) => [
      `### Events of ${owner}`,
      table(
        ['subject', 'consumers', 'payload', 'what it says'],
        registry
          .eventsOwnedBy(owner)
          .map((event) => [
            `\`${event.subject}\``,
            event.consumers.join(', '),
            `[${event.payload.name}](#${event.payload.name.toLowerCase()})`,
            event.summary,
          ]),
      ),
    ]),
    '## Payloads and their parts',
    ...typeSections(schemas),
  ]);
}
