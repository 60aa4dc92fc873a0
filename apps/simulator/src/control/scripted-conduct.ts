import type { Act, Conduct, RingOutcome } from '../ledger/ledger.module.js';

/** Maximum delay before a scripted customer picks up or responds, in simulated ms. */
const MAX_DELAY_MS = 60_000;
const MAX_PATTERN_CHARACTERS = 300;

/**
 * Parses one act: `{"press":"1"}`, `{"say":"yes","confidence":0.9}`, `{"silent":true}`, or `{"hangUp":0.5}` with an
 * optional `say` before hanging up. `hangUp` is the fraction of the prompt, 0 to 1, after which the customer hangs up.
 * @returns undefined for any other value
 */
export function parseAct(value: unknown): Act | undefined {
  const { press, say, confidence, silent, hangUp } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof press === 'string' && /^[0-9*#]{1,20}$/.test(press)) return { kind: 'press', digits: press };
  if (silent === true) return { kind: 'silent' };
  const utterance = typeof say === 'string' && say !== '' ? say : undefined;
  if (isFraction(hangUp))
    return { kind: 'hang-up', atShare: hangUp, ...(utterance === undefined ? {} : { slot: utterance }) };
  if (utterance === undefined) return undefined;
  if (confidence === undefined) return { kind: 'say', slot: utterance };
  return isFraction(confidence) ? { kind: 'say', slot: utterance, confidence } : undefined;
}

/**
 * Parses `reactions` (`[{"asked":"<regular expression>","acts":[…]}]`), `rings` (`["busy", {"answersAfterMs": 500}]`)
 * and `thinksMs` of a scripted customer. Adds a message to `problems` for each invalid field.
 * @returns undefined if all of them are absent; unusable if there are problems
 */
export function parseConduct(fields: Readonly<Record<string, unknown>>, problems: string[]): Conduct | undefined {
  const { reactions, rings, thinksMs } = fields;
  if (reactions === undefined && rings === undefined && thinksMs === undefined) return undefined;
  const parsedReactions = parseList(reactions, parseReaction);
  const parsedRings = parseList(rings, parseRing);
  if (parsedReactions === undefined)
    problems.push('reactions must be a non-empty list of {"asked": "<regular expression>", "acts": [<act>, …]}');
  if (parsedRings === undefined)
    problems.push(
      'rings must be a non-empty list of "busy", "no-answer", "unreachable", {"answersAfterMs": n} or {"voicemailAfterMs": n}',
    );
  if (thinksMs !== undefined && !isDelayMs(thinksMs))
    problems.push(`thinksMs must be a number of milliseconds from 0 to ${MAX_DELAY_MS}`);
  return {
    ...(reactions === undefined ? {} : { reactions: parsedReactions ?? [] }),
    ...(rings === undefined ? {} : { rings: parsedRings as unknown as [RingOutcome, ...RingOutcome[]] }),
    ...(isDelayMs(thinksMs) ? { thinksMs } : {}),
  };
}

function parseReaction(value: unknown): { asked: string; acts: readonly Act[] } | undefined {
  const { asked, acts } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const parsedActs = parseList(acts ?? null, parseAct);
  return typeof asked === 'string' && isPattern(asked) && parsedActs !== undefined
    ? { asked, acts: parsedActs }
    : undefined;
}

function parseRing(value: unknown): RingOutcome | undefined {
  if (value === 'busy' || value === 'no-answer' || value === 'unreachable') return { kind: value };
  const { answersAfterMs, voicemailAfterMs } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (isDelayMs(answersAfterMs)) return { kind: 'answers', afterMs: answersAfterMs };
  if (!isDelayMs(voicemailAfterMs)) return undefined;
  return { kind: 'voicemail', afterMs: voicemailAfterMs, greeting: 'greeting-voicemail' };
}

/**
 * Parses a list. An absent list is parsed as an empty one; a list that is present must have at least one entry.
 * @returns undefined if the list or an entry is invalid
 */
function parseList<T>(list: unknown, parse: (entry: unknown) => T | undefined): readonly T[] | undefined {
  if (list === undefined) return [];
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const entries = list.map(parse).filter((entry) => entry !== undefined);
  return entries.length === list.length ? entries : undefined;
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
