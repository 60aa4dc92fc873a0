import { parseArgs } from 'node:util';

export const APPS = ['gateway', 'routing', 'telephony', 'transcription', 'analytics', 'notifications'] as const;
export const SERVERS = ['mongo', 'nats', 'redis', 's3'] as const;
export const FAULT_KINDS = ['kill', 'stop', 'pair'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface ChaosOptions {
  readonly deliveries: number;
  readonly durationSeconds: number;
  readonly settleSeconds: number;
  readonly seeds: readonly number[];
  /** Names of apps and servers that may be hit. */
  readonly victims: readonly string[];
  readonly killEverySeconds: number;
  /** Empty: a calm run. */
  readonly faults: readonly FaultKind[];
  readonly replicas: number;
  readonly speed: number;
  readonly keep: boolean;
}

export const HELP = `Black-box chaos harness: starts the whole stack on this machine, posts deliveries to it, kills and stops its
processes meanwhile, and judges the product's promises from outside.

  npm run test:chaos -- [options]

  --deliveries N       deliveries posted (200)
  --duration SECONDS   over which they are posted and faults happen (300)
  --settle SECONDS     at most, without faults, until everything has ended (180)
  --seed N             of everything random: personas, times, victims (1)
  --seeds 1,2,3        several runs one after the other
  --only A,B | all     what is hit (all): apps ${APPS.join(', ')};
                       servers ${SERVERS.join(', ')}; or the words apps, servers, all
  --kill-every SECONDS mean time between two faults (10)
  --faults A,B         kill (kill -9, down for 0.2 to 3 s), stop (SIGSTOP for 1 to 8 s), pair (two victims at once, by
                       some of the faults); none for a calm run (all of them)
  --replicas 1|2       processes of each app (1)
  --speed N            how many times faster than in life customers ring, speak and wait (20)
  --short              for CI: 60 deliveries, 60 s of faults, a settle time of 120 s at most
  --keep               keep the data folder and the logs; they are kept anyway when a promise was broken
  --help               this

Evidence comes from the carrier's ledger (every call, ring, key, word, recording and text), the partner's webhook
endpoint, the agents' applications and the REST API. Exits 0 only if nothing was lost, doubled or unlawful; webhooks
that came out of their order are counted apart. The last line is one JSON object with the figures.
`;

const FULL = { deliveries: 200, duration: 300, settle: 180, killEvery: 10 };
const SHORT = { deliveries: 60, duration: 60, settle: 120, killEvery: 6 };

/** A mistake on the command line; the message says what is expected. */
export class OptionError extends Error {}

/**
 * @returns `help` when it was asked for
 * @throws OptionError
 */
export function readOptions(args: readonly string[]): ChaosOptions | 'help' {
  const { values } = parse(args);
  if (values.help) return 'help';
  const usual = values.short ? SHORT : FULL;
  return {
    deliveries: whole('deliveries', values.deliveries, usual.deliveries, 1, 5_000),
    durationSeconds: whole('duration', values.duration, usual.duration, 1, 86_400),
    settleSeconds: whole('settle', values.settle, usual.settle, 1, 3_600),
    seeds: seedsOf(values.seeds ?? values.seed),
    victims: victimsOf(values.only ?? 'all'),
    killEverySeconds: positive('kill-every', values['kill-every'], usual.killEvery),
    faults: faultsOf(values.faults),
    replicas: whole('replicas', values.replicas, 1, 1, 2),
    speed: positive('speed', values.speed, 20),
    keep: values.keep ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        deliveries: { type: 'string' },
        duration: { type: 'string' },
        settle: { type: 'string' },
        seed: { type: 'string' },
        seeds: { type: 'string' },
        only: { type: 'string' },
        'kill-every': { type: 'string' },
        faults: { type: 'string' },
        replicas: { type: 'string' },
        speed: { type: 'string' },
        short: { type: 'boolean' },
        keep: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, given: string | undefined, usual: number, least: number, most: number): number {
  const value = given === undefined ? usual : Number(given);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new OptionError(`--${name} takes a whole number from ${least} to ${most}, not "${given ?? ''}".`);
}

function positive(name: string, given: string | undefined, usual: number): number {
  const value = given === undefined ? usual : Number(given);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new OptionError(`--${name} takes a number above 0, not "${given ?? ''}".`);
}

function seedsOf(given = '1'): readonly number[] {
  return listOf(given).map((seed) => whole('seed', seed, 1, 0, 4_294_967_295));
}

function victimsOf(given: string): readonly string[] {
  const groups: Readonly<Record<string, readonly string[]>> = {
    all: [...APPS, ...SERVERS],
    apps: APPS,
    servers: SERVERS,
    mongodb: ['mongo'],
  };
  const known = new Set<string>([...APPS, ...SERVERS]);
  const named = listOf(given).flatMap((name) => groups[name] ?? [name]);
  const unknown = named.find((name) => !known.has(name));
  if (unknown === undefined) return [...new Set(named)];
  throw new OptionError(`--only knows ${[...known].join(', ')}, apps, servers and all, not "${unknown}".`);
}

function faultsOf(given: string | undefined): readonly FaultKind[] {
  if (given === undefined) return FAULT_KINDS;
  if (given === 'none') return [];
  return listOf(given).map((name) => {
    const kind = FAULT_KINDS.find((known) => known === name);
    if (kind === undefined) throw new OptionError(`--faults takes ${FAULT_KINDS.join(', ')} or none, not "${name}".`);
    return kind;
  });
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
