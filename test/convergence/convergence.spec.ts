import type { Provider } from '@nestjs/common';
import { getModelToken } from '@nestjs/mongoose';
import fc from 'fast-check';
import { AggregateRepository } from '#libs/persistence/index.js';
import { propertyRuns } from '#libs/testing/properties/property-runs.js';
import type { DeliveryDocument } from '../../apps/routing/src/deliveries/deliveries.module.js';
import { ContinueContact, type ContinuedDelivery } from '../../apps/routing/src/call-results/call-results.module.js';
import { DecideCallAfterAttempt, DecideNextCall } from '../../apps/routing/src/call-planning/call-planning.module.js';
import { CustomerRepository } from '../../apps/routing/src/customers/customers.module.js';
import { toAttemptId, DeliveryRepository } from '../../apps/routing/src/deliveries/deliveries.module.js';
import { FindOrganizationProfile } from '../../apps/routing/src/organizations/organizations.module.js';
import { Simulation } from './simulation.js';
import { anyStory, type Story } from './stories.js';

/** The number of interleavings to test; `CONVERGENCE_RUNS=20000` is the full search, which takes minutes. */
const RUNS = Number(process.env['CONVERGENCE_RUNS'] ?? propertyRuns(300));
const RUNS_PER_STORY = 10;

const anySeeds = fc.array(fc.integer(), { minLength: RUNS_PER_STORY, maxLength: RUNS_PER_STORY });

async function expectSameOutcome(simulation: Simulation, story: Story, seeds: readonly number[]): Promise<void> {
  const undisturbed = await simulation.playUndisturbed(story);
  expect(undisturbed.missingAgentKnowledge).toEqual([]);
  for (const seed of seeds) {
    const ending = await simulation.playTurbulent(story, seed, undisturbed.outcome.attempts.length);
    expect(ending.missingAgentKnowledge).toEqual([]);
    expect(ending.outcome).toEqual(undisturbed.outcome);
  }
}

const property = (simulation: Simulation) =>
  fc.asyncProperty(anyStory, anySeeds, (story, seeds) => expectSameOutcome(simulation, story, seeds));

async function startSimulation(overrides: readonly Provider[] = []): Promise<Simulation> {
  const simulation = await Simulation.start(overrides);
  await simulation.begin();
  return simulation;
}

describe('a delivery under reordered, repeated and interrupted processing', () => {
  it(
    'has the same outcome as without disturbance, and its agent is notified of all facts',
    async () => {
      await fc.assert(property(await startSimulation()), { numRuns: Math.ceil(RUNS / RUNS_PER_STORY) });
    },
    60_000 + RUNS * 1_000,
  );
});

/** Saves a delivery without notifying its agent of changes. */
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

/** Treats a call as finished as soon as its instructions are extracted, even if the call was dropped. */
class HastyContinueContact extends ContinueContact {
  override execute(
    ...[organizationId, contact, now, tx]: Parameters<ContinueContact['execute']>
  ): Promise<ContinuedDelivery> {
    const { delivery, facts } = contact;
    const isUnderstood = facts.attempts[toAttemptId(delivery)]?.words !== undefined;
    if (delivery.state !== 'calling' || !isUnderstood) return super.execute(organizationId, contact, now, tx);
    return Promise.resolve({ delivery: { ...delivery, state: 'ready_to_assign' }, events: [] });
  }
}

describe('the simulation detects', () => {
  const faults: [string, Provider][] = [
    [
      'an agent who is not notified of late facts',
      {
        provide: DeliveryRepository,
        useFactory: (model: never) => new SilentDeliveryRepository(model),
        inject: [getModelToken('Delivery')],
      },
    ],
    [
      'a dropped call that is not retried',
      {
        provide: ContinueContact,
        useFactory: (...parts: ConstructorParameters<typeof ContinueContact>) => new HastyContinueContact(...parts),
        inject: [CustomerRepository, FindOrganizationProfile, DecideNextCall, DecideCallAfterAttempt],
      },
    ],
  ];

  it.each(faults)('%s', async (_, fault) => {
    const result = await fc.check(property(await startSimulation([fault])), { numRuns: 100, endOnFailure: true });
    expect(result.failed).toBe(true);
  });
});
