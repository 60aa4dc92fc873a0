import { DEFAULT_TRAVEL, travelSeconds, type Position } from '#libs/domain/geo/index.js';
import type { TravelTimes } from '#libs/ports/travel-times.js';
import { connectionLossConformance } from '../connection-loss.conformance.js';
import { startScriptedServer, type ReceivedRequest, type ScriptedServer } from '../scripted-server.conformance.js';
import { OsrmTravelTimes } from './osrm/osrm-travel-times.js';
import { travelTimesConformance } from './travel-times.conformance.js';
import { ValhallaTravelTimes } from './valhalla/valhalla-travel-times.js';

type Times = readonly (readonly number[])[];
const computeTimes = (from: readonly Position[], to: readonly Position[]): Times =>
  from.map((here) => to.map((there) => travelSeconds(here, there, DEFAULT_TRAVEL)));

/** Responds like OSRM, which rejects too many coordinates. */
function respondLikeOsrm({ path, query }: ReceivedRequest): [status: number, body: unknown] {
  const coordinates = /^\/table\/v1\/driving\/(.+)$/.exec(decodeURIComponent(path))?.[1] ?? '';
  const places = coordinates.split(';').map((pair) => pair.split(',').map(Number) as unknown as Position);
  if (places.length > 100) return [400, { code: 'TooBig', message: 'Too many table coordinates' }];
  const pick = (name: string): Position[] =>
    (query.get(name) ?? '').split(';').map((index) => places[Number(index)] as Position);
  return [200, { code: 'Ok', durations: computeTimes(pick('sources'), pick('destinations')) }];
}

/** Responds like Valhalla, which rejects too many pairs. */
function respondLikeValhalla({ body }: ReceivedRequest): [status: number, body: unknown] {
  const request = JSON.parse(body.toString()) as Record<'sources' | 'targets', { lon: number; lat: number }[]>;
  const toPositions = (list: { lon: number; lat: number }[]): Position[] => list.map(({ lon, lat }) => [lon, lat]);
  if (request.sources.length * request.targets.length > 2500) return [400, { error_code: 150 }];
  const times = computeTimes(toPositions(request.sources), toPositions(request.targets));
  const rows = times.map((row, from) => row.map((time, to) => ({ from_index: from, to_index: to, time, distance: 1 })));
  return [200, { sources_to_targets: rows }];
}

const routers: readonly (readonly [string, (url: string) => TravelTimes, typeof respondLikeOsrm])[] = [
  ['OSRM', (url) => new OsrmTravelTimes({ url, timeoutMs: 500 }), respondLikeOsrm],
  ['Valhalla', (url) => new ValhallaTravelTimes({ url, timeoutMs: 500 }), respondLikeValhalla],
];

async function startRouter(respond: typeof respondLikeOsrm): Promise<ScriptedServer> {
  const server = await startScriptedServer();
  server.setResponse((response, request) => {
    const [status, body] = respond(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  return server;
}

for (const [name, open, respond] of routers) {
  travelTimesConformance(name, async () => {
    const server = await startRouter(respond);
    return { times: open(server.url), stop: () => server.stop() };
  });
}

for (const [name, open, respond] of routers) {
  connectionLossConformance(name, (serverUrl) => {
    const times = open(serverUrl);
    return {
      ask: () => times.fetchMatrix([[-87.6, 41.9]], [[-87.7, 41.9]]),
      answer: (request) => {
        const [status, body] = respond(request);
        return { status, body: JSON.stringify(body) };
      },
      isRepeatable: true,
    };
  });
}

describe.each(routers)('%s errors', (_name, open) => {
  const [from, to]: Position[][] = [[[-87.6, 41.9]], [[-87.7, 41.9]]];
  let server: ScriptedServer;
  beforeAll(async () => (server = await startScriptedServer()));
  afterAll(() => server.stop());

  it.each([
    [503, 'unavailable'],
    [429, 'rate_limited'],
    [403, 'unauthorized'],
    [400, 'invalid_input'],
  ])('maps status %d to %s', async (status, code) => {
    server.setJsonResponse(status, { message: 'no' }, { 'retry-after': '7' });
    await expect(open(server.url).fetchMatrix(from ?? [], to ?? [])).rejects.toMatchObject({
      code,
      ...(status === 429 ? { retryAfterMs: 7000 } : {}),
    });
  });

  it('distinguishes an invalid response, an unparsable response and no response', async () => {
    server.setJsonResponse(200, { durations: [[1, 2]], sources_to_targets: [[{ time: -1 }]] });
    await expect(open(server.url).fetchMatrix(from ?? [], to ?? [])).rejects.toMatchObject({ code: 'unavailable' });
    server.setResponse((response) => void response.writeHead(200).end('<html>'));
    await expect(open(server.url).fetchMatrix(from ?? [], to ?? [])).rejects.toMatchObject({ code: 'unavailable' });
    server.setResponse(() => undefined);
    await expect(open(server.url).fetchMatrix(from ?? [], to ?? [])).rejects.toMatchObject({ code: 'timeout' });
  });

  it('returns null if no road connects two positions', async () => {
    server.setJsonResponse(200, { durations: [[null]], sources_to_targets: [[{ time: null }]] });
    expect(await open(server.url).fetchMatrix(from ?? [], to ?? [])).toEqual([[null]]);
  });
});
