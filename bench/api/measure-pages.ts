import { percentile } from '../figures.js';
import { toCursor, type BenchOrganization, type Scene } from './scene.js';

const PAGE_SIZE = 50;

export interface PageFigures {
  readonly deliveries: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The highest number of index keys that MongoDB examined for one page. */
  readonly keysExamined: number;
  /** The highest number of documents that MongoDB examined for one page. */
  readonly docsExamined: number;
}

/**
 * Reads pages of a small and of a large organization, alternating, each from another position in the list so that none
 * is served from the cache. The numbers of keys and documents examined come from MongoDB's profiler, which records the
 * queries of the running app.
 */
export async function measurePages(
  scene: Scene,
  organizations: readonly { readonly organization: BenchOrganization; readonly deliveries: number }[],
  pages: number,
): Promise<PageFigures[]> {
  const times = organizations.map(() => [] as number[]);
  for (let page = 0; page < pages; page += 1) {
    for (const [index, { organization }] of organizations.entries())
      times[index]?.push(await timePage(scene, organization, page));
  }
  const figures: PageFigures[] = [];
  for (const [index, { organization, deliveries }] of organizations.entries()) {
    const { keys, docs } = await profilePages(scene, organization, pages);
    figures.push({
      deliveries,
      p50Ms: percentile(times[index] ?? [], 0.5) ?? NaN,
      p99Ms: percentile(times[index] ?? [], 0.99) ?? NaN,
      keysExamined: keys,
      docsExamined: docs,
    });
  }
  return figures;
}

async function timePage(
  { gatewayUrl }: Scene,
  { token, deliveryIds }: BenchOrganization,
  page: number,
): Promise<number> {
  // A step by a prime number visits the whole list before it returns to a position.
  const from = deliveryIds[(page * 7_919) % deliveryIds.length] ?? '';
  const started = performance.now();
  const response = await fetch(`${gatewayUrl}/v1/deliveries?limit=${PAGE_SIZE}&cursor=${toCursor(from)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await response.text();
  if (!response.ok) throw new Error(`Reading a page failed with status ${response.status}.`);
  if (response.headers.get('cache-status') !== null)
    throw new Error('A page that should be read from the database came from the cache.');
  return performance.now() - started;
}

/** @param pagesRead The number of positions in the list that were already read; their pages are in the cache. */
async function profilePages(
  scene: Scene,
  organization: BenchOrganization,
  pagesRead: number,
): Promise<{ keys: number; docs: number }> {
  const { routing } = scene;
  await routing.command({ profile: 2 });
  try {
    const since = new Date();
    for (let page = 1; page <= 20; page += 1) await timePage(scene, organization, pagesRead + page);
    const profiledQueries = await routing
      .collection<{ keysExamined: number; docsExamined: number }>('system.profile')
      .find({
        ts: { $gte: since },
        ns: `${routing.databaseName}.deliveries`,
        'command.filter.organizationId': organization.organizationId,
      })
      .toArray();
    if (profiledQueries.length === 0) throw new Error('The profiler recorded no query for a page.');
    return {
      keys: Math.max(...profiledQueries.map(({ keysExamined }) => keysExamined)),
      docs: Math.max(...profiledQueries.map(({ docsExamined }) => docsExamined)),
    };
  } finally {
    await routing.command({ profile: 0 });
  }
}
