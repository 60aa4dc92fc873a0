import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { mulberry32 } from '../seeded-random.js';

const hour = z.number().int().min(0).max(23);
const chances = z.array(z.number().min(0).max(1)).length(24);
const populationSchema = z
  .strictObject({
    segments: z.number().int().min(1),
    customers: z.array(
      z.strictObject({
        segment: z.number().int().min(0),
        reach: z.strictObject({ weekday: chances, weekend: chances }),
      }),
    ),
    rounds: z.array(
      z.strictObject({
        customer: z.number().int().min(0),
        day: z.enum(['weekday', 'weekend']),
        hours: z.array(hour).min(1),
      }),
    ),
    seed: z.number(),
  })
  .superRefine(({ segments, customers, rounds }, context) => {
    const unknownSegment = customers.findIndex(({ segment }) => segment >= segments);
    if (unknownSegment >= 0)
      context.addIssue({
        code: 'custom',
        path: ['customers', unknownSegment],
        message: 'refers to an unknown segment',
      });
    const unknownCustomer = rounds.findIndex(({ customer }) => customer >= customers.length);
    if (unknownCustomer >= 0)
      context.addIssue({ code: 'custom', path: ['rounds', unknownCustomer], message: 'refers to an unknown customer' });
  });

/** The probability of reaching each customer by hour, and the calls to make (`rounds`). */
export type Population = z.infer<typeof populationSchema>;

/**
 * Reads a population file.
 *
 * @throws Error if a field is invalid or unknown; the message names every such field.
 */
export async function readPopulation(file: string): Promise<Population> {
  const parsed = populationSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the population'}: ${message}`);
  throw new Error(`${file}:\n  ${issues.slice(0, 20).join('\n  ')}`);
}

export interface Shape {
  readonly segments: number;
  readonly customers: number;
  readonly callsEach: number;
  /** The amplitude of differences between segments, in log-odds. */
  readonly betweenSegments: number;
  /** The amplitude of differences between the customers of a segment, in log-odds. */
  readonly betweenCustomers: number;
  /** Two good times per day instead of one. */
  readonly bimodal?: boolean;
}

/** A synthetic population: a common daily curve, varied smoothly by segment and again by customer. */
export function syntheticPopulation(shape: Shape, seed: number): Population {
  const random = mulberry32(seed);
  const createCurve = (size: number): ((at: number) => number) => {
    const parts = [1, 2, 3].map((times) => ({ times, phase: random() * 24, size: size * (random() - 0.5) * 2 }));
    return (at) =>
      parts.reduce((sum, one) => sum + one.size * Math.cos(((at - one.phase) * one.times * Math.PI) / 12), 0);
  };
  const commonCurve = (at: number): number =>
    shape.bimodal
      ? -1.5 + 1.6 * Math.exp(-((at - 9) ** 2) / 3) + 1.7 * Math.exp(-((at - 19) ** 2) / 3)
      : -1 + 1.2 * Math.exp(-((at - 18) ** 2) / 12);
  const segments = Array.from({ length: shape.segments }, () => createCurve(shape.betweenSegments));
  const customers = Array.from({ length: shape.customers }, () => {
    const segment = Math.floor(random() * shape.segments);
    const customerCurve = createCurve(shape.betweenCustomers);
    const weekendDelay = random() * 2;
    const chance = (at: number): number =>
      1 / (1 + Math.exp(-(commonCurve(at) + (segments[segment]?.(at) ?? 0) + customerCurve(at))));
    return {
      segment,
      reach: {
        weekday: Array.from({ length: 24 }, (_, at) => chance(at)),
        weekend: Array.from({ length: 24 }, (_, at) => chance(at - weekendDelay)),
      },
    };
  });
  const rounds = Array.from({ length: shape.customers * shape.callsEach }, () => {
    const from = 8 + Math.floor(random() * 3);
    return {
      customer: Math.floor(random() * shape.customers),
      day: random() < 5 / 7 ? ('weekday' as const) : ('weekend' as const),
      hours: Array.from({ length: 21 - from }, (_, index) => from + index),
    };
  });
  return { segments: shape.segments, customers, rounds, seed };
}
