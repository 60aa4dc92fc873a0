import { MORNING, RoutingUnderTest } from '../testing/routing-under-test.js';

describe('the scheduling of planning runs', () => {
  let routing: RoutingUnderTest;

  beforeAll(async () => (routing = await RoutingUnderTest.start()));
  afterAll(async () => routing.close());

  // After a clock is set back, the planning of the current batch interval may already be completed.
  it('plans new deliveries although the clock was set back', async () => {
    const world = await routing.createWorld();
    await world.createAgent({ capacity: { count: 40 } });
    for (let run = 0; run < 15; run += 1) {
      routing.clock.at = MORNING;
      const delivery = await world.postDelivery({ decideBy: routing.hoursFromNow(-1) });
      await world.waitForState(delivery, 'assigned');
    }
  });
});
