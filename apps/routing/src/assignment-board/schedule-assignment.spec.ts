import { MORNING, RoutingUnderTest } from '../testing/routing-under-test.js';

describe('scheduling of assignments', () => {
  let routing: RoutingUnderTest;

  beforeAll(async () => (routing = await RoutingUnderTest.start()));
  afterAll(async () => routing.close());

  // After a clock is set back, the planning of the current batch interval may already be completed.
  it('plans new deliveries although the clock was set back', async () => {
    const world = await routing.world();
    await world.agent({ capacity: { count: 40 } });
    for (let turn = 0; turn < 15; turn += 1) {
      routing.clock.at = MORNING;
      const delivery = await world.post({ decideBy: routing.hoursFromNow(-1) });
      await world.waitForState(delivery, 'assigned');
    }
  });
});
