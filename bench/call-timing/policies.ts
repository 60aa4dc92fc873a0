import { ContactModel, drawBeta, type ContactTry, type DayType } from '#libs/domain/call-timing/index.js';
import type { Population } from './population.js';

export interface Choice {
  readonly customer: number;
  readonly segment: number;
  readonly day: DayType;
  readonly hours: readonly number[];
}

/** Chooses an hour, and learns what came of it; it sees nothing else. */
export interface Policy {
  choose(choice: Choice, random: () => number): number;
  learn(choice: Choice, hour: number, reached: boolean): void;
}

const knowsNothing = (): void => undefined;

const best = <T>(items: readonly T[], worth: (item: T) => number): T =>
  items.reduce((most, item) => (worth(item) > worth(most) ? item : most));

export const randomPolicy = (): Policy => ({
  choose: ({ hours }, random) => hours[Math.floor(random() * hours.length)] ?? 0,
  learn: knowsNothing,
});

/** The hour with the best rate so far over everybody; an untried hour counts as one call reached. */
export function bestGlobalHour(): Policy {
  const reached = new Map<string, number>();
  const tries = new Map<string, number>();
  const key = (day: DayType, hour: number): string => `${day} ${hour}`;
  const rate = (at: string): number => ((reached.get(at) ?? 0) + 1) / ((tries.get(at) ?? 0) + 1);
  return {
    choose: ({ day, hours }) => best(hours, (hour) => rate(key(day, hour))),
    learn: ({ day }, hour, wasReached) => {
      const at = key(day, hour);
      tries.set(at, (tries.get(at) ?? 0) + 1);
      reached.set(at, (reached.get(at) ?? 0) + Number(wasReached));
    },
  };
}

/** Thompson sampling with a flat prior for each segment, type of day and hour: the usual bandit. */
export function segmentSampler(): Policy {
  const cells = new Map<string, { reached: number; missed: number }>();
  const cellOf = ({ segment, day }: Choice, hour: number): { reached: number; missed: number } => {
    const at = `${segment} ${day} ${hour}`;
    let cell = cells.get(at);
    if (!cell) cells.set(at, (cell = { reached: 1, missed: 1 }));
    return cell;
  };
  return {
    choose: (choice, random) => {
      const drawn = choice.hours.map((hour) => ({ hour, chance: drawBeta(cellOf(choice, hour), random) }));
      return best(drawn, ({ chance }) => chance).hour;
    },
    learn: (choice, hour, wasReached) => {
      const cell = cellOf(choice, hour);
      if (wasReached) cell.reached += 1;
      else cell.missed += 1;
    },
  };
}

/** The product's model. */
export function ours(): Policy {
  const model = new ContactModel();
  const named = ({ customer, segment, day }: Choice): Pick<ContactTry, 'customer' | 'segment' | 'day'> => ({
    ...{ customer: String(customer), segment: String(segment), day },
  });
  return {
    choose: (choice, random) =>
      best(model.scores(named(choice), choice.day, choice.hours, random), ({ probability }) => probability).hour,
    learn: (choice, hour, reached) => model.record({ ...named(choice), hour, reached }),
  };
}

/** Who knows what is true of every segment, and of nobody in it: what there is to learn without customers' own calls. */
export function segmentCeiling({ segments, customers }: Population): Policy {
  const mean = Array.from({ length: segments }, (_, segment) => {
    const members = customers.filter((customer) => customer.segment === segment);
    const of = (day: DayType): number[] =>
      Array.from(
        { length: 24 },
        (_hour, hour) =>
          members.reduce((sum, { reach }) => sum + (reach[day][hour] ?? 0), 0) / Math.max(1, members.length),
      );
    return { weekday: of('weekday'), weekend: of('weekend') };
  });
  return {
    choose: ({ segment, day, hours }) => best(hours, (hour) => mean[segment]?.[day][hour] ?? 0),
    learn: knowsNothing,
  };
}

/** Who knows everything. */
export const oracle = ({ customers }: Population): Policy => ({
  choose: ({ customer, day, hours }) => best(hours, (hour) => customers[customer]?.reach[day][hour] ?? 0),
  learn: knowsNothing,
});
