import type { ContractRegistry } from '../kernel/index.js';
import { renderDocument, renderTable, renderTypeSections } from './markdown.js';
import { collectSchemas } from './schema-catalog.js';

/** Returns `events.md`: every event with its owner, consumers and payload. */
export function renderEventsReference(registry: ContractRegistry): string {
  const { schemas } = collectSchemas(registry.events.map((event) => event.payload));
  return renderDocument([
    '# Events',
    'Events are exchanged over NATS JetStream, with one stream per owning app and one durable consumer per consuming app. ' +
      'Consumers ignore unknown fields. A change that is not additive requires a new version in the subject.',
    '## Envelope',
    renderTable(
      ['field', 'meaning'],
      [
        ['`id`', 'Globally unique ID. Key of the inbox and `Nats-Msg-Id`.'],
        ['`subject`', 'The subject, as listed below.'],
        ['`organizationId`', 'The organization that the event belongs to.'],
        ['`aggregateId`', 'The aggregate that changed.'],
        ['`sequence`', 'Counts the events of the aggregate from 1 without gaps. Order events by it, not by arrival.'],
        ['`occurredAt`', 'The UTC instant at which it happened.'],
        ['`payload`', 'The payload, as documented below.'],
      ],
    ),
    '## Catalog',
    ...registry.owners.flatMap((owner) => [
      `### Events of ${owner}`,
      renderTable(
        ['subject', 'consumers', 'payload', 'summary'],
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
    '## Payloads and nested types',
    ...renderTypeSections(schemas),
  ]);
}
