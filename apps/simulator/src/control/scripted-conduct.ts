import type { Act, Conduct, RingOutcome } from '../ledger/ledger.module.js';

/** The maximum delay before a scripted customer picks up or responds, in simulated ms. */
const MAX_DELAY_MS = 60_000;
const MAX_PATTERN_CHARACTERS = 300;

/**
 * Parses one act: `{"press":"1"}`, `{"say":"yes","confidence":0.9}`, `{"silent":true}`, or `{"hangUp":0.5}` with an
 * optional `say` before hanging up. `hangUp` is the fraction of the prompt, 0 to 1, after which the customer hangs up.
 * @returns undefined for any other value
 */
export function parseAct(given: unknown): Act | undefined {
  const { press, say, confidence, silent, hangUp } = (given ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof press === 'string' && /^[0-9*#]{1,20}$/.test(press)) return { kind: 'press', digits: press };
  if (silent === true) return { kind: 'silent' };
  const words = typeof say === 'string' && say !== '' ? say : undefined;
  if (isFraction(hangUp)) return { kind: 'hang-up', atShare: hangUp, ...(words === undefined ? {} : { slot: words }) };
  if (words === undefined) return undefined;
  if (confidence === undefined) return { kind: 'say', slot: words };
  return isFraction(confidence) ? { kind: 'say', slot: words, confidence } : undefined;
}

/**
 * Parses `reactions` (`[{"asked":"<regular expression>","acts":[…]}]`), `rings` (`["busy", {"answersAfterMs": 500}]`)
 * and `thinksMs` of a scripted customer. Adds a message to `mistakes` for each invalid field.
 * @returns undefined if none of them is given; not valid if there are mistakes
 */
export function parseConduct(given: Readonly<Record<string, unknown>>, mistakes: string[]): Conduct | undefined {
  const { reactions, rings, thinksMs } = given;
  if (reactions === undefined && rings === undefined && thinksMs === undefined) return undefined;
  const parsedReactions = parseList(reactions, parseReaction);
  const parsedRings = parseList(rings, parseRing);
  if (parsedReactions === undefined)
    mistakes.push('reactions must be a non-empty list of {"asked": "<regular expression>", "acts": [<act>, …]}');
  if (parsedRings === undefined)
    mistakes.push(
      'rings must be a non-empty list of "busy", "no-answer", "unreachable", {"answersAfterMs": n} or {"voicemailAfterMs": n}',
    );
  if (thinksMs !== undefined && !isDelayMs(thinksMs))
    mistakes.push(`thinksMs must be a number of milliseconds from 0 to ${MAX_DELAY_MS}`);
  return {
    ...(reactions === undefined ? {} : { reactions: parsedReactions ?? [] }),
    ...(rings === undefined ? {} : { rings: parsedRings as unknown as [RingOutcome, ...RingOutcome[]] }),
    ...(isDelayMs(thinksMs) ? { thinksMs } : {}),
  };
}

function parseReaction(given: unknown): { asked: string; acts: readonly Act[] } | undefined {
  const { asked, acts } = (given ?? {}) as Readonly<Record<string, unknown>>;
  const parsed = parseList(acts ?? null, parseAct);
  return typeof asked === 'string' && isPattern(asked) && parsed !== undefined ? { asked, acts: parsed } : undefined;
}

function parseRing(given: unknown): RingOutcome | undefined {
  if (given === 'busy' || given === 'no-answer' || given === 'unreachable') return { kind: given };
  const { answersAfterMs, voicemailAfterMs } = (given ?? {}) as Readonly<Record<string, unknown>>;
  if (isDelayMs(answersAfterMs)) return { kind: 'answers', afterMs: answersAfterMs };
  if (!isDelayMs(voicemailAfterMs)) return undefined;
  return { kind: 'voicemail', afterMs: voicemailAfterMs, greeting: 'greeting-voicemail' };
}

/** Parses a list. Absent counts as an empty list; a given list must have at least one entry, all of them valid. */
function parseList<T>(given: unknown, parse: (entry: unknown) => T | undefined): readonly T[] | undefined {
  if (given === undefined) return [];
  if (!Array.isArray(given) || given.length === 0) return undefined;
  const parsed = given.map(parse).filter((entry) => entry !== undefined);
  return parsed.length === given.length ? parsed : undefined;
}

function isPattern(source: string): boolean {
  try {
    return source !== '' && source.length <= MAX_PATTERN_CHARACTERS && new RegExp(source, 'iu') instanceof RegExp;
  } catch {
    return false;
  }
}

const isFraction = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;

const isDelayMs = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= MAX_DELAY_MS;
