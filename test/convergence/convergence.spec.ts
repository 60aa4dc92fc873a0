import type { Provider } from '@nestjs/common';
import { getModelToken } from '@nestjs/mongoose';
import fc from 'fast-check';
import { AggregateRepository } from '#libs/persistence/index.js';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import type { DeliveryDocument } from '../../apps/routing/src/deliveries/deliveries.module.js';
import { ContinueContact, type Continued } from '../../apps/routing/src/call-results/call-results.module.js';
import { DecideCallAfterAttempt, DecideNextCall } from '../../apps/routing/src/call-planning/call-planning.module.js';
import { CustomerRepository } from '../../apps/routing/src/customers/customers.module.js';
import { attemptIdOf, DeliveryRepository } from '../../apps/routing/src/deliveries/deliveries.module.js';
import { FindOrganizationProfile } from '../../apps/routing/src/organizations/organizations.module.js';
import { Simulation } from './simulation.js';
import { anyStory, type Story } from './stories.js';

/** How many interleavings are tried; `CONVERGENCE_RUNS=20000` for the whole, which takes minutes. */
const RUNS = Number(process.env['CONVERGENCE_RUNS'] ?? propertyRuns(300));
const RUNS_OF_A_STORY = 10;

const seedsOf = fc.array(fc.integer(), { minLength: RUNS_OF_A_STORY, maxLength: RUNS_OF_A_STORY });

async function endsAlike(simulation: Simulation, story: Story, seeds: readonly number[]): Promise<void> {
  const calm = await simulation.calm(story);
  expect(calm.untold).toEqual([]);
  for (const seed of seeds) {
    const ending = await simulation.turbulent(story, seed, calm.outcome.attempts.length);
    expect(ending.untold).toEqual([]);
    expect(ending.outcome).toEqual(calm.outcome);
  }
}

const property = (simulation: Simulation) =>
  fc.asyncProperty(anyStory, seedsOf, (story, seeds) => endsAlike(simulation, story, seeds));

async function begun(overrides: readonly Provider[] = []): Promise<Simulation> {
  const simulation = await Simulation.start(overrides);
  await simulation.begin();
  return simulation;
}

describe('a delivery in turbulence', () => {
  it(
    'ends as on a quiet day, with an agent who knows everything',
    async () => {
      await fc.assert(property(await begun()), { numRuns: Math.ceil(RUNS / RUNS_OF_A_STORY) });
    },
    60_000 + RUNS * 1_000,
  );
});

/** Saves a delivery, and tells its agent nothing. */
class SilentDeliveryRepository extends DeliveryRepository {
  override save(
    ...[tx, organizationId, delivery, events]: Parameters<DeliveryRepository['save']>
  ): Promise<DeliveryDocument> {
    return AggregateRepository.prototype.save.call(
      this,
      tx,
      organizationId,
      delivery,
      events,
    ) as Promise<DeliveryDocument>;
  }
}

/** Takes a call for settled as soon as words of it are understood, whether it broke off or not. */
class HastyContinueContact extends ContinueContact {
  override execute(...[organizationId, contact, now, tx]: Parameters<ContinueContact['execute']>): Promise<Continued> {
    const { delivery, facts } = contact;
    const isUnderstood = facts.attempts[attemptIdOf(delivery)]?.words !== undefined;
    if (delivery.state !== 'calling' || !isUnderstood) return super.execute(organizationId, contact, now, tx);
    return Promise.resolve({ delivery: { ...delivery, state: 'ready_to_assign' }, events: [] });
  }
}

describe('the simulation finds', () => {
  const faults: [string, Provider][] = [
    [
      'an agent who is not told of what is reported late',
      {
        provide: DeliveryRepository,
        useFactory: (model: never) => new SilentDeliveryRepository(model),
        inject: [getModelToken('Delivery')],
      },
    ],
    [
      'a call that broke off and is not repeated',
      {
        provide: ContinueContact,
        useFactory: (...parts: ConstructorParameters<typeof ContinueContact>) => new HastyContinueContact(...parts),
        inject: [CustomerRepository, FindOrganizationProfile, DecideNextCall, DecideCallAfterAttempt],
      },
    ],
  ];

  it.each(faults)('%s', async (_, fault) => {
    const result = await fc.check(property(await begun([fault])), { numRuns: 100, endOnFailure: true });
    expect(result.failed).toBe(true);
  });
});
