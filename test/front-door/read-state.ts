import type { RunningProduct } from './running-product.js';

const APPS = ['gateway', 'routing', 'notifications'] as const;
/** Collections that only requests change. */
const DIGESTED: ReadonlySet<string> = new Set([
  'agents',
  'announcements',
  'invitations',
  'organizations',
  'users',
  'webhookEndpoints',
]);
/** Collections whose number of documents only requests change, while their content also changes otherwise. */
const COUNTED: ReadonlySet<string> = new Set(['apiKeys', 'customers', 'deliveries', 'deliveryImports', 'sessions']);

type State = Readonly<Record<string, string | number>>;

/** A compact fingerprint of what requests can change. Two equal fingerprints mean that nothing changed in between. */
export async function readState(product: RunningProduct): Promise<State> {
  const [counts, digests] = await Promise.all([product.counts(APPS, COUNTED), product.digests(APPS, DIGESTED)]);
  return { ...counts, ...digests };
}
