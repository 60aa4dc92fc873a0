import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const count = z.number().int().min(0);
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const interval = z.strictObject({ start: instant, end: instant });
const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);

const arcsForm = z
  .strictObject({
    arcs: z.array(z.tuple([count, count, count])),
    capacities: z.array(count),
    unassignedCosts: z.array(count),
    loads: z.array(count).optional(),
  })
  .superRefine(({ arcs, capacities, unassignedCosts, loads }, context) => {
    const invalidArc = arcs.findIndex(
      ([delivery, agent]) => delivery >= unassignedCosts.length || agent >= capacities.length,
    );
    if (invalidArc >= 0)
      context.addIssue({
        code: 'custom',
        path: ['arcs', invalidArc],
        message: 'refers to an unknown delivery or agent',
      });
    if (loads && loads.length !== unassignedCosts.length) {
      context.addIssue({
        code: 'custom',
        path: ['loads'],
        message: 'must have one entry per delivery, as unassignedCosts has',
      });
    }
  });

const agent = z.strictObject({
  id: z.string(),
  position,
  skills: z.array(z.string()),
  shift: interval,
  breaks: z.array(interval).optional(),
  vehicle: z.string().optional(),
  capacity: z.strictObject({
    count,
    weightGrams: count.optional(),
    volumeMl: count.optional(),
    minutes: z.number().min(0).optional(),
  }),
  experience: z.number().min(0).max(1),
  declined: z.array(z.string()),
});

const delivery = z.strictObject({
  id: z.string(),
  position,
  requires: z.array(z.string()),
  priority: z.number().min(0).max(100),
  weightGrams: count.optional(),
  volumeMl: count.optional(),
  complexity: z.number().int().min(1).max(5),
  window: interval,
});

const positionsForm = z.strictObject({ now: instant, agents: z.array(agent), deliveries: z.array(delivery) });

/** A sparse cost matrix: an arc is a delivery, an agent that may make it, and the cost. */
export type ArcsProblem = z.infer<typeof arcsForm>;
/** Deliveries and agents, whose costs the product computes. */
export type PositionsProblem = z.infer<typeof positionsForm>;
export type Problem = ({ readonly form: 'arcs' } & ArcsProblem) | ({ readonly form: 'positions' } & PositionsProblem);

/** The problem cannot be solved. The message lists everything that is wrong with it. */
export class ProblemFileError extends Error {
  override readonly name = 'ProblemFileError';
}

const MAX_REPORTED_ISSUES = 20;

/**
 * Reads a problem file.
 *
 * @throws ProblemFileError if a field is invalid or unknown; the message names the fields.
 */
export async function readProblem(file: string): Promise<Problem> {
  return parseProblem(await readFile(file, 'utf8'), file);
}

/** @param name The file's name, for error messages. */
export function parseProblem(text: string, name: string): Problem {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ProblemFileError(`${name} is not valid JSON: ${String(error)}`);
  }
  const isArcs = typeof json === 'object' && json !== null && 'arcs' in json;
  const parsed = isArcs ? arcsForm.safeParse(json) : positionsForm.safeParse(json);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the problem'}: ${message}`);
    throw new ProblemFileError(`${name}:\n  ${issues.slice(0, MAX_REPORTED_ISSUES).join('\n  ')}`);
  }
  return 'arcs' in parsed.data ? { form: 'arcs', ...parsed.data } : { form: 'positions', ...parsed.data };
}
