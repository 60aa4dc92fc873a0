import { MORNING, RoutingUnderTest } from '../testing/routing-under-test.js';

describe('what is ready is planned', () => {
  let routing: RoutingUnderTest;

  beforeAll(async () => (routing = await RoutingUnderTest.start()));
  afterAll(async () => routing.close());

  /** Clocks of replicas differ, and are set: the moment to plan in may be one in which all was planned already. */
  it('although the clock was set back', async () => {
    const world = await routing.world();
    await world.agent({ capacity: { count: 40 } });
    for (let turn = 0; turn < 15; turn += 1) {
      routing.clock.at = MORNING;
      const delivery = await world.post({ decideBy: routing.hoursFromNow(-1) });
      await world.reaches(delivery, 'assigned');
    }
  });
});
