import { ProviderError } from '#libs/ports/errors.js';
import type { TravelTimes } from '#libs/ports/travel-times.js';
import { FindTravelTimes } from './find-travel-times.js';

const deliveries = [
  { id: 'd1', position: [-87.6, 41.9] as const },
  { id: 'd2', position: [-87.7, 41.9] as const },
];
const agents = [{ id: 'a1', position: [-87.65, 41.9] as const }];

describe('travel times from a routing server', () => {
  it('are returned for each pair, and are infinite if no road connects the pair', async () => {
    const times: TravelTimes = { fetchMatrix: () => Promise.resolve([[120, null]]) };
    const travelTimes = await new FindTravelTimes(times).execute(deliveries, agents);
    expect(travelTimes?.get('d1')?.get('a1')).toBe(120);
    expect(travelTimes?.get('d2')?.get('a1')).toBe(Infinity);
  });

  it('are undefined without a routing server, and if it does not respond', async () => {
    expect(await new FindTravelTimes().execute(deliveries, agents)).toBeUndefined();
    const message = 'osrm: not reachable';
    const times: TravelTimes = {
      fetchMatrix: () =>
        Promise.reject(new ProviderError({ provider: 'osrm', code: 'unavailable', effect: 'none', message })),
    };
    expect(await new FindTravelTimes(times).execute(deliveries, agents)).toBeUndefined();
  });

  it('do not hide programming errors', async () => {
    const times: TravelTimes = { fetchMatrix: () => Promise.reject(new TypeError('a bug')) };
    await expect(new FindTravelTimes(times).execute(deliveries, agents)).rejects.toThrow('a bug');
  });
});
