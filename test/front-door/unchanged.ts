import type { FrontDoor } from './front-door.js';

const KEEPERS = ['gateway', 'routing', 'notifications'] as const;
/** Nothing but a request changes what is in these. */
const STILL: ReadonlySet<string> = new Set([
  'agents',
  'announcements',
  'invitations',
  'organizations',
  'users',
  'webhookEndpoints',
]);
/** Only a request adds to these or takes from them, but what is in them goes its own way. */
const COUNTED: ReadonlySet<string> = new Set(['apiKeys', 'customers', 'deliveries', 'deliveryImports', 'sessions']);

type State = Readonly<Record<string, string | number>>;

/** What requests can change at once, in few words: the same twice means that nothing happened between. */
export async function stateOf(door: FrontDoor): Promise<State> {
  const [counts, digests] = await Promise.all([door.counts(KEEPERS, COUNTED), door.digests(KEEPERS, STILL)]);
  return { ...counts, ...digests };
}
