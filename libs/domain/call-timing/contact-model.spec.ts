import fc from 'fast-check';
import { ContactModel, DAY_TYPES, drawBeta, logBeta, logGamma, type ContactTry } from './index.js';

const HOURS = Array.from({ length: 13 }, (_, index) => 8 + index);

/** Park and Miller's generator, for reproducible random numbers. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/**
 * Trains a model with `calls` calls for each segment and hour, answered with the probability `truth(segment, hour)`.
 */
function train(
  model: ContactModel,
  truth: (segment: string, hour: number) => number,
  {
    segments,
    calls,
    customers = 50,
    seed = 1,
  }: { segments: string[]; calls: number; customers?: number; seed?: number },
): ContactModel {
  const random = seededRandom(seed);
  for (let call = 0; call < calls; call += 1) {
    for (const segment of segments) {
      for (const hour of HOURS) {
        const customer = `${segment}.${Math.floor(random() * customers)}`;
        model.record({ customer, segment, day: 'weekday', hour, reached: random() < truth(segment, hour) });
      }
    }
  }
  return model;
}

const bestHour = (model: ContactModel, segment: string, customer = 'new'): number =>
  model
    .scoreHours({ customer, segment }, 'weekday', HOURS)
    .reduce((best, score) => (score.probability > best.probability ? score : best)).hour;

const bestAtSix = (_segment: string, hour: number): number => (hour === 18 ? 0.7 : 0.2);

describe('the contact model', () => {
  it('prefers no hour before the first call, and keeps probabilities between 0 and 1', () => {
    const before = new ContactModel().scoreHours({ customer: 'c', segment: 's' }, 'weekday', HOURS);
    expect(new Set(before.map(({ probability }) => probability)).size).toBe(1);
    const contactTries = fc.array(
      fc.record<ContactTry>({
        customer: fc.constantFrom('a', 'b', 'c'),
        segment: fc.constantFrom('s', 't'),
        day: fc.constantFrom(...DAY_TYPES),
        hour: fc.integer({ min: 0, max: 23 }),
        reached: fc.boolean(),
      }),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(contactTries, fc.constantFrom(...DAY_TYPES), (calls, day) => {
        const model = new ContactModel();
        for (const call of calls) model.record(call);
        const scores = model.scoreHours({ customer: 'a', segment: 's' }, day, HOURS);
        expect(scores.map(({ hour }) => hour)).toEqual(HOURS);
        expect(scores.every(({ probability }) => probability > 0 && probability < 1)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('learns the good hour of a segment, and applies it to customers who were never called', () => {
    const truth = (segment: string, hour: number): number => (hour === (segment === 'early' ? 9 : 19) ? 0.7 : 0.2);
    const model = train(new ContactModel(), truth, { segments: ['early', 'late'], calls: 150 });
    expect(bestHour(model, 'early')).toBe(9);
    expect(bestHour(model, 'late')).toBe(19);
    const [nine] = model.scoreHours({ customer: 'new', segment: 'early' }, 'weekday', [9]);
    expect(nine?.probability).toBeGreaterThan(0.5);
  });

  it('uses the rates of all calls for an unknown segment', () => {
    const model = train(new ContactModel(), bestAtSix, { segments: ['a', 'b', 'c'], calls: 60 });
    expect(bestHour(model, 'never seen')).toBe(18);
  });

  it('lets a customer’s own calls outweigh those of their segment', () => {
    const model = train(new ContactModel(), bestAtSix, { segments: ['a', 'b'], calls: 60 });
    for (let call = 0; call < 30; call += 1) {
      for (const hour of HOURS)
        model.record({ customer: 'x', segment: 'a', day: 'weekday', hour, reached: hour === 10 });
    }
    expect(bestHour(model, 'a', 'x')).toBe(10);
    expect(bestHour(model, 'a')).toBe(18);
  });

  it('explores hours with few calls, and less so with more calls', () => {
    const countExploringDraws = (calls: number): number => {
      const model = train(new ContactModel(), bestAtSix, { segments: ['a'], calls });
      const random = seededRandom(5);
      const hours = Array.from({ length: 300 }, () => {
        const scores = model.scoreHours({ customer: 'new', segment: 'a' }, 'weekday', HOURS, random);
        return scores.reduce((best, score) => (score.probability > best.probability ? score : best)).hour;
      });
      return hours.filter((hour) => hour !== 18).length;
    };
    expect(countExploringDraws(200)).toBeLessThan(3);
    expect(countExploringDraws(2)).toBeGreaterThan(10);
  });
});

describe('the Beta distribution', () => {
  it.each([
    [1, 0],
    [0.5, Math.log(Math.sqrt(Math.PI))],
    [5, Math.log(24)],
    [10.5, 13.940_625_219_403_76],
  ])('gives ln Γ(%d) = %d', (x, value) => {
    expect(logGamma(x)).toBeCloseTo(value, 10);
  });

  it('gives B(2, 3) = 1/12', () => {
    expect(logBeta(2, 3)).toBeCloseTo(Math.log(1 / 12), 12);
  });

  it.each([
    [2, 3],
    [0.3, 0.6],
    [80, 20],
  ])('draws with the right mean and variance for %d and %d', (reached, missed) => {
    const random = seededRandom(3);
    const draws = Array.from({ length: 20_000 }, () => drawBeta({ reached, missed }, random));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
    const sum = reached + missed;
    expect(mean).toBeCloseTo(reached / sum, 1.8);
    expect(variance).toBeCloseTo((reached * missed) / (sum ** 2 * (sum + 1)), 2);
  });
});
