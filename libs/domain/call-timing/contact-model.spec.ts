import fc from 'fast-check';
import { ContactModel, DAY_TYPES, drawBeta, logBeta, logGamma, type ContactTry } from './index.js';

const HOURS = Array.from({ length: 13 }, (_, index) => 8 + index);

/** Park and Miller's generator: the same every time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Calls a customer of each segment so often in every hour, with what is true of segment and hour. */
function taught(
  model: ContactModel,
  truth: (segment: string, hour: number) => number,
  {
    segments,
    calls,
    customers = 50,
    seed = 1,
  }: { segments: string[]; calls: number; customers?: number; seed?: number },
): ContactModel {
  const random = chance(seed);
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

const bestOf = (model: ContactModel, segment: string, customer = 'new'): number =>
  model
    .scores({ customer, segment }, 'weekday', HOURS)
    .reduce((most, score) => (score.probability > most.probability ? score : most)).hour;

const evening = (_segment: string, hour: number): number => (hour === 18 ? 0.7 : 0.2);

describe('the contact model', () => {
  it('believes nothing of any hour before the first call, and stays within bounds whatever is told', () => {
    const before = new ContactModel().scores({ customer: 'c', segment: 's' }, 'weekday', HOURS);
    expect(new Set(before.map(({ probability }) => probability)).size).toBe(1);
    const tries = fc.array(
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
      fc.property(tries, fc.constantFrom(...DAY_TYPES), (all, day) => {
        const model = new ContactModel();
        for (const one of all) model.record(one);
        const scores = model.scores({ customer: 'a', segment: 's' }, day, HOURS);
        expect(scores.map(({ hour }) => hour)).toEqual(HOURS);
        expect(scores.every(({ probability }) => probability > 0 && probability < 1)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('learns the good hour of a segment, and believes it of customers nobody has called', () => {
    const truth = (segment: string, hour: number): number => (hour === (segment === 'early' ? 9 : 19) ? 0.7 : 0.2);
    const model = taught(new ContactModel(), truth, { segments: ['early', 'late'], calls: 150 });
    expect(bestOf(model, 'early')).toBe(9);
    expect(bestOf(model, 'late')).toBe(19);
    const [nine] = model.scores({ customer: 'new', segment: 'early' }, 'weekday', [9]);
    expect(nine?.probability).toBeGreaterThan(0.5);
  });

  it('takes a segment it has never seen for everybody', () => {
    const model = taught(new ContactModel(), evening, { segments: ['a', 'b', 'c'], calls: 60 });
    expect(bestOf(model, 'never seen')).toBe(18);
  });

  it('lets a customer’s own calls outweigh their segment', () => {
    const model = taught(new ContactModel(), evening, { segments: ['a', 'b'], calls: 60 });
    for (let call = 0; call < 30; call += 1) {
      for (const hour of HOURS)
        model.record({ customer: 'x', segment: 'a', day: 'weekday', hour, reached: hour === 10 });
    }
    expect(bestOf(model, 'a', 'x')).toBe(10);
    expect(bestOf(model, 'a')).toBe(18);
  });

  it('tries hours of which it knows little, and fewer the more it knows', () => {
    const chosen = (calls: number): number => {
      const model = taught(new ContactModel(), evening, { segments: ['a'], calls });
      const random = chance(5);
      const hours = Array.from({ length: 300 }, () => {
        const scores = model.scores({ customer: 'new', segment: 'a' }, 'weekday', HOURS, random);
        return scores.reduce((most, score) => (score.probability > most.probability ? score : most)).hour;
      });
      return hours.filter((hour) => hour !== 18).length;
    };
    expect(chosen(200)).toBeLessThan(3);
    expect(chosen(2)).toBeGreaterThan(10);
  });
});

describe('the beta distribution', () => {
  it.each([
    [1, 0],
    [0.5, Math.log(Math.sqrt(Math.PI))],
    [5, Math.log(24)],
    [10.5, 13.940_625_219_403_76],
  ])('has ln Γ(%d) = %d', (x, value) => {
    expect(logGamma(x)).toBeCloseTo(value, 10);
  });

  it('has B(2, 3) = 1/12', () => {
    expect(logBeta(2, 3)).toBeCloseTo(Math.log(1 / 12), 12);
  });

  it.each([
    [2, 3],
    [0.3, 0.6],
    [80, 20],
  ])('is drawn with its mean and variance: %d, %d', (reached, missed) => {
    const random = chance(3);
    const draws = Array.from({ length: 20_000 }, () => drawBeta({ reached, missed }, random));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
    const sum = reached + missed;
    expect(mean).toBeCloseTo(reached / sum, 1.8);
    expect(variance).toBeCloseTo((reached * missed) / (sum ** 2 * (sum + 1)), 2);
  });
});
