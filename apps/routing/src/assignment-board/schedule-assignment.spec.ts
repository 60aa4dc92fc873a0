import { MORNING, RoutingUnderTest } from '../testing/routing-under-test.js';

describe('the scheduling of planning runs', () => {
  let routing: RoutingUnderTest;

  beforeAll(async () => (routing = await RoutingUnderTest.start()));
  afterAll(async () => routing.close());

  // After a clock is set back, the planning of the current batch interval may already be completed.
  it('plans new deliveries although the clock was set back', async () => {
    const organization = await routing.createOrganization();
    await organization.createAgent({ capacity: { count: 40 } });
    for (let run = 0; run < 15; run += 1) {
      routing.clock.at = MORNING;
      const delivery = await organization.postDelivery({ decideBy: routing.hoursFromNow(-1) });
      await organization.waitForState(delivery, 'assigned');
    }
  });
});
