import { setTimeout as delay } from 'node:timers/promises';
import type { Delivery } from '#libs/contracts/index.js';
import type { Stack } from '#deploy/local/stack/index.js';
import { PartnerApi } from '#deploy/demo/partner-api.js';
import { deliveryInput, type BenchOrganization, type Scene } from './scene.js';

const CLIENTS = 16;
const REQUEST_TIMEOUT_MS = 60_000;

export interface CrashFigures {
  readonly acknowledged: number;
  readonly kills: number;
  /** Posts whose response was a success but that are not stored under the id in the response. */
  readonly lost: number;
  /** References that are stored more than once. */
  readonly duplicated: number;
}

/** The apps to kill, one group after another: each app alone, and both together. */
export const ALL_KILLS: readonly (readonly string[])[] = [
  ['gateway'],
  ['routing'],
  ['gateway', 'routing'],
  ['routing'],
  ['gateway'],
];

/**
 * Posts from many clients that retry until they get a response, while apps are killed. Afterwards every reference must
 * be stored exactly once, under the id that the client received.
 */
export async function measureCrash(
  stack: Pick<Stack, 'apps'>,
  scene: Scene,
  organization: Omit<BenchOrganization, 'deliveryIds'>,
  { kills: groups, report }: { readonly kills: typeof ALL_KILLS; readonly report: (line: string) => void },
): Promise<CrashFigures> {
  const api = new PartnerApi(scene.gatewayUrl, organization.key, REQUEST_TIMEOUT_MS);
  const run = `c-${Date.now()}`;
  const acknowledged = new Map<string, string>();
  let stopped = false;
  let count = 0;
  const client = async (): Promise<void> => {
    while (!stopped) {
      const reference = `${run}-${(count += 1)}`;
      const { deliveryId } = await api.post<Delivery>(
        '/v1/deliveries',
        deliveryInput(organization.customerId, reference),
      );
      acknowledged.set(reference, deliveryId);
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, client));
  // The result is awaited below. A client that fails earlier must not end the process with an unhandled rejection.
  clients.catch(() => undefined);
  let kills = 0;
  try {
    for (const victims of groups) {
      await delay(1_500);
      report(`kill -9 ${victims.join(' and ')}, ${acknowledged.size} posts acknowledged`);
      const apps = victims.flatMap((name) => stack.apps.get(name) ?? []);
      await Promise.all(apps.map((app) => app.kill9()));
      kills += apps.length;
      await Promise.all(apps.map((app) => app.restart()));
    }
    await delay(1_500);
  } finally {
    stopped = true;
    await clients;
  }
  const stored = new Map<string, string[]>();
  const rows = scene.routing
    .collection<{ _id: string; reference: string }>('deliveries')
    .find({ organizationId: organization.organizationId, reference: { $gte: `${run}-`, $lt: `${run}.` } });
  for await (const { _id, reference } of rows) stored.set(reference, [...(stored.get(reference) ?? []), _id]);
  return {
    acknowledged: acknowledged.size,
    kills,
    lost: [...acknowledged].filter(([reference, id]) => !stored.get(reference)?.includes(id)).length,
    duplicated: [...stored.values()].filter((ids) => ids.length > 1).length,
  };
}
