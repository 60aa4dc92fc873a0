import { ContactModel, drawBeta, type ContactTry, type DayType } from '#libs/domain/call-timing/index.js';
import type { Population } from './population.js';

export interface Choice {
  readonly customer: number;
  readonly segment: number;
  readonly day: DayType;
  readonly hours: readonly number[];
}

/** Chooses an hour and learns the result; it sees nothing else of the population. */
export interface Policy {
  choose(choice: Choice, random: () => number): number;
  learn(choice: Choice, hour: number, reached: boolean): void;
}

const learnNothing = (): void => undefined;

const pickBest = <T>(items: readonly T[], score: (item: T) => number): T =>
  items.reduce((top, item) => (score(item) > score(top) ? item : top));

export const randomPolicy = (): Policy => ({
  choose: ({ hours }, random) => hours[Math.floor(random() * hours.length)] ?? 0,
  learn: learnNothing,
});

/**
 * Chooses the hour with the best rate over all customers so far. An hour without calls is rated as if one call had been
 * reached.
 */
export function bestGlobalHour(): Policy {
  const reached = new Map<string, number>();
  const attempts = new Map<string, number>();
  const key = (day: DayType, hour: number): string => `${day} ${hour}`;
  const rate = (at: string): number => ((reached.get(at) ?? 0) + 1) / ((attempts.get(at) ?? 0) + 1);
  return {
    choose: ({ day, hours }) => pickBest(hours, (hour) => rate(key(day, hour))),
    learn: ({ day }, hour, wasReached) => {
      const at = key(day, hour);
      attempts.set(at, (attempts.get(at) ?? 0) + 1);
      reached.set(at, (reached.get(at) ?? 0) + Number(wasReached));
    },
  };
}

/** Thompson sampling with a uniform prior for each segment, type of day and hour: the standard bandit algorithm. */
export function segmentSampler(): Policy {
  const cells = new Map<string, { reached: number; missed: number }>();
  const getCell = ({ segment, day }: Choice, hour: number): { reached: number; missed: number } => {
    const at = `${segment} ${day} ${hour}`;
    let cell = cells.get(at);
    if (!cell) cells.set(at, (cell = { reached: 1, missed: 1 }));
    return cell;
  };
  return {
    choose: (choice, random) => {
      const samples = choice.hours.map((hour) => ({ hour, chance: drawBeta(getCell(choice, hour), random) }));
      return pickBest(samples, ({ chance }) => chance).hour;
    },
    learn: (choice, hour, wasReached) => {
      const cell = getCell(choice, hour);
      if (wasReached) cell.reached += 1;
      else cell.missed += 1;
    },
  };
}

/** The product's model. */
export function contactModelPolicy(): Policy {
  const model = new ContactModel();
  const toModelKeys = ({ customer, segment, day }: Choice): Pick<ContactTry, 'customer' | 'segment' | 'day'> => ({
    customer: String(customer),
    segment: String(segment),
    day,
  });
  return {
    choose: (choice, random) =>
      pickBest(
        model.scoreHours(toModelKeys(choice), choice.day, choice.hours, random),
        ({ probability }) => probability,
      ).hour,
    learn: (choice, hour, reached) => model.record({ ...toModelKeys(choice), hour, reached }),
  };
}

/**
 * Knows the true probabilities of every segment but not of single customers: an upper bound for what can be learned
 * from segments alone.
 */
export function segmentCeiling({ segments, customers }: Population): Policy {
  const mean = Array.from({ length: segments }, (_, segment) => {
    const members = customers.filter((customer) => customer.segment === segment);
    const meanByHour = (day: DayType): number[] =>
      Array.from(
        { length: 24 },
        (_, hour) => members.reduce((sum, { reach }) => sum + (reach[day][hour] ?? 0), 0) / Math.max(1, members.length),
      );
    return { weekday: meanByHour('weekday'), weekend: meanByHour('weekend') };
  });
  return {
    choose: ({ segment, day, hours }) => pickBest(hours, (hour) => mean[segment]?.[day][hour] ?? 0),
    learn: learnNothing,
  };
}

/** Knows the true probabilities of every customer. */
export const oracle = ({ customers }: Population): Policy => ({
  choose: ({ customer, day, hours }) => pickBest(hours, (hour) => customers[customer]?.reach[day][hour] ?? 0),
  learn: learnNothing,
});
