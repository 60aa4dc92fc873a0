import type { RunningProduct } from './running-product.js';

const APPS = ['gateway', 'routing', 'notifications'] as const;
/** Collections that only requests change. */
const DIGESTED_COLLECTIONS: ReadonlySet<string> = new Set([
  'agents',
  'announcements',
  'invitations',
  'organizations',
  'users',
  'webhookEndpoints',
]);
/** Collections whose number of documents only requests change, but whose content also changes without requests. */
const COUNTED_COLLECTIONS: ReadonlySet<string> = new Set([
  'apiKeys',
  'customers',
  'deliveries',
  'deliveryImports',
  'sessions',
]);

type State = Readonly<Record<string, string | number>>;

/**
 * Returns a fingerprint of the state that requests can change. Equal fingerprints mean that no request had an effect.
 */
export async function readState(product: RunningProduct): Promise<State> {
  const [counts, digests] = await Promise.all([
    product.counts(APPS, COUNTED_COLLECTIONS),
    product.digests(APPS, DIGESTED_COLLECTIONS),
  ]);
  return { ...counts, ...digests };
}
