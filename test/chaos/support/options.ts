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
  /** Names of apps and servers that faults may hit. */
  readonly victims: readonly string[];
  readonly killEverySeconds: number;
  /** Empty for a run without faults. */
  readonly faults: readonly FaultKind[];
  readonly replicas: number;
  readonly speed: number;
  readonly keep: boolean;
}

export const HELP = `Black-box chaos harness: starts the whole stack on this machine, posts deliveries to it, kills and stops its
processes meanwhile, and checks the product's guarantees from outside.

  npm run test:chaos -- [options]

  --deliveries N       deliveries posted (200)
  --duration SECONDS   over which they are posted and faults happen (300)
  --settle SECONDS     maximum time without faults until everything has ended (180)
  --seed N             seed of all random choices: personas, times, victims (1)
  --seeds 1,2,3        several runs one after the other
  --only A,B | all     processes that faults may hit (all): apps ${APPS.join(', ')};
                       servers ${SERVERS.join(', ')}; or the words apps, servers, all
  --kill-every SECONDS mean time between two faults (10)
  --faults A,B         kill (kill -9, down for 0.2 to 3 s), stop (SIGSTOP for 1 to 8 s), pair (two victims at once, by
                       some of the faults); none for a run without faults (all of them)
  --replicas 1|2       processes of each app (1)
  --speed N            how many times faster than in reality customers answer, speak and wait (20)
  --short              for CI: 60 deliveries, 60 s of faults, a settle time of 120 s at most
  --keep               keep the data folder and the logs; they are kept anyway when a guarantee was violated
  --help               prints this text

Evidence comes from the carrier's ledger (every call, ring, key, word, recording and text), the partner's webhook
endpoint, the agents' applications and the REST API. Exits 0 only if nothing was lost, doubled or unlawful; webhooks
that arrived out of order are counted separately. The last line is one JSON object with the figures.
`;

const FULL = { deliveries: 200, duration: 300, settle: 180, killEvery: 10 };
const SHORT = { deliveries: 60, duration: 60, settle: 120, killEvery: 6 };

/** Invalid command-line arguments; the message says what is expected. */
export class OptionError extends Error {}

/**
 * @returns `help` if it was requested.
 * @throws OptionError if an option is unknown or invalid.
 */
export function readOptions(args: readonly string[]): ChaosOptions | 'help' {
  const { values } = parse(args);
  if (values.help) return 'help';
  const defaults = values.short ? SHORT : FULL;
  return {
    deliveries: parseWhole('deliveries', values.deliveries, defaults.deliveries, 1, 5_000),
    durationSeconds: parseWhole('duration', values.duration, defaults.duration, 1, 86_400),
    settleSeconds: parseWhole('settle', values.settle, defaults.settle, 1, 3_600),
    seeds: parseSeeds(values.seeds ?? values.seed),
    victims: parseVictims(values.only ?? 'all'),
    killEverySeconds: parsePositive('kill-every', values['kill-every'], defaults.killEvery),
    faults: parseFaults(values.faults),
    replicas: parseWhole('replicas', values.replicas, 1, 1, 2),
    speed: parsePositive('speed', values.speed, 20),
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

function parseWhole(name: string, argument: string | undefined, defaults: number, min: number, max: number): number {
  const value = argument === undefined ? defaults : Number(argument);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new OptionError(`--${name} takes a whole number from ${min} to ${max}, not "${argument ?? ''}".`);
}

function parsePositive(name: string, argument: string | undefined, defaults: number): number {
  const value = argument === undefined ? defaults : Number(argument);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new OptionError(`--${name} takes a number above 0, not "${argument ?? ''}".`);
}

function parseSeeds(argument = '1'): readonly number[] {
  return splitList(argument).map((seed) => parseWhole('seed', seed, 1, 0, 4_294_967_295));
}

function parseVictims(argument: string): readonly string[] {
  const groups: Readonly<Record<string, readonly string[]>> = {
    all: [...APPS, ...SERVERS],
    apps: APPS,
    servers: SERVERS,
    mongodb: ['mongo'],
  };
  const known = new Set<string>([...APPS, ...SERVERS]);
  const victims = splitList(argument).flatMap((name) => groups[name] ?? [name]);
  const unknown = victims.find((name) => !known.has(name));
  if (unknown === undefined) return [...new Set(victims)];
  throw new OptionError(`--only knows ${[...known].join(', ')}, apps, servers and all, not "${unknown}".`);
}

function parseFaults(argument: string | undefined): readonly FaultKind[] {
  if (argument === undefined) return FAULT_KINDS;
  if (argument === 'none') return [];
  return splitList(argument).map((name) => {
    const kind = FAULT_KINDS.find((known) => known === name);
    if (kind === undefined) throw new OptionError(`--faults takes ${FAULT_KINDS.join(', ')} or none, not "${name}".`);
    return kind;
  });
}

const splitList = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
