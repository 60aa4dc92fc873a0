import { percentile } from '../figures.js';
import { cursorOf, type Company, type Scene } from './scene.js';

const PAGE = 50;

export interface PageFigures {
  readonly deliveries: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The most keys, and documents, that MongoDB looked at for one page. */
  readonly keysExamined: number;
  readonly docsExamined: number;
}

/**
 * Pages of a small and of a large organisation in turns, each from another place in the list, so that none comes from the
 * cache. What MongoDB looked at is what its profiler saw of the running service's own queries.
 */
export async function measurePages(
  scene: Scene,
  companies: readonly { readonly company: Company; readonly deliveries: number }[],
  pages: number,
): Promise<PageFigures[]> {
  const times = companies.map(() => [] as number[]);
  for (let page = 0; page < pages; page += 1) {
    for (const [index, { company }] of companies.entries()) times[index]?.push(await timeOf(scene, company, page));
  }
  const figures: PageFigures[] = [];
  for (const [index, { company, deliveries }] of companies.entries()) {
    const { keys, docs } = await examined(scene, company, pages);
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

async function timeOf({ gatewayUrl }: Scene, { token, deliveryIds }: Company, page: number): Promise<number> {
  // A prime step goes through the whole list before it comes by the same place again.
  const from = deliveryIds[(page * 7_919) % deliveryIds.length] ?? '';
  const started = performance.now();
  const response = await fetch(`${gatewayUrl}/v1/deliveries?limit=${PAGE}&cursor=${cursorOf(from)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await response.text();
  if (!response.ok) throw new Error(`A page answers ${response.status}.`);
  if (response.headers.get('cache-status') !== null) throw new Error('A page that was to be read came from the cache.');
  return performance.now() - started;
}

/** @param read how many places in the list were read before: their pages are in the cache */
async function examined(scene: Scene, company: Company, read: number): Promise<{ keys: number; docs: number }> {
  const { routing } = scene;
  await routing.command({ profile: 2 });
  try {
    const since = new Date();
    for (let page = 1; page <= 20; page += 1) await timeOf(scene, company, read + page);
    const seen = await routing
      .collection<{ keysExamined: number; docsExamined: number }>('system.profile')
      .find({
        ts: { $gte: since },
        ns: `${routing.databaseName}.deliveries`,
        'command.filter.organizationId': company.organizationId,
      })
      .toArray();
    if (seen.length === 0) throw new Error('The profiler has seen no page being read.');
    return {
      keys: Math.max(...seen.map(({ keysExamined }) => keysExamined)),
      docs: Math.max(...seen.map(({ docsExamined }) => docsExamined)),
    };
  } finally {
    await routing.command({ profile: 0 });
  }
}
