import {
  advance,
  startVoiceFlow,
  type Language,
  type Step,
  type VoiceFlowContext,
  type VoiceFlowState,
  type VoiceInput,
} from '#libs/domain/voice-flow/index.js';

/** What a scripted customer does each time an answer is expected, in the simulator's words. */
export type Move =
  | { readonly press: string }
  | { readonly say: string; readonly confidence: number }
  | { readonly silent: true }
  /** Spoken onto a recording. */
  | { readonly leave: string }
  | { readonly hangUp: number }
  /** Nothing of theirs: the colleague they are connected with takes the call, or does not. */
  | { readonly transfer: boolean };

/** What the customer's organisation offers. */
export interface Offer {
  /** Other windows. */
  readonly slots: number;
  /** Whether codes are asked for by themselves, while the recording pauses. */
  readonly pauseForCodes: boolean;
}

/** One call: who it is with, what they do, and what the state machine makes of it. */
export interface VoicePath extends Offer {
  readonly language: Language;
  readonly moves: readonly Move[];
  readonly steps: readonly Step[];
}

const SURE = 0.95;
/** Asked back. */
const DOUBTFUL = 0.6;
/** As if nothing was understood. */
const MUMBLED = 0.2;
const said = (text: string, confidence = SURE): Move => ({ say: text, confidence });

const KEYS: readonly Move[] = [...'0123459*#'].map((key) => ({ press: key }));
const OTHERS: readonly Move[] = [{ silent: true }, { hangUp: 1 }];
const SPOKEN: Readonly<Record<Language, readonly Move[]>> = {
  en: [
    said('yes'),
    said('no'),
    said('yes', DOUBTFUL),
    said('no', DOUBTFUL),
    said('yes', MUMBLED),
    said('say that again'),
    said('hold on a second'),
    said('can I talk to a person'),
    said('who is calling please'),
    said('another day please'),
    said('the first one'),
    said('please leave it on the back porch'),
    said('leave it on the back porch', MUMBLED),
    said('the gate code is four five two one'),
    said('nothing else'),
    said('purple monkey dishwasher umbrella'),
    said('stop calling me'),
    said('en español por favor'),
  ],
  es: [
    said('sí'),
    said('no'),
    said('sí', DOUBTFUL),
    said('repita por favor'),
    said('un momento'),
    said('quiero hablar con una persona'),
    said('quién habla'),
    said('otro día'),
    said('la primera opción'),
    said('déjelo con el vecino'),
    said('nada más'),
    said('bla bla bla bla'),
    said('no me llamen más'),
    said('in English please'),
  ],
};

const CODE: readonly Move[] = [{ press: '4521#' }, said('four five two one'), said('cuatro cinco dos uno', DOUBTFUL)];

/** What may come next. Whether a colleague takes the call depends on whom there is: see `contextOf` of the spec. */
const movesOf = ({ step, language }: VoiceFlowState, { transferNumber }: VoiceFlowContext): readonly Move[] =>
  step === 'transfer'
    ? [{ transfer: transferNumber === DISPATCHER }]
    : step === 'message'
      ? [{ leave: 'please ring twice and leave it on the back porch' }, { press: '9' }, ...OTHERS]
      : [...(step === 'code' ? CODE : []), ...KEYS, ...SPOKEN[language], ...OTHERS];

/** Somebody who takes calls, and somebody who does not. */
export const DISPATCHER = '+13125559001';
export const NOBODY = '+13125559002';

function inputOf(move: Move, { step }: VoiceFlowState): VoiceInput {
  if ('press' in move) {
    // The hash key ends the entry of a code, and is no part of it; alone it says nothing.
    const digits = step === 'code' ? move.press.replace(/#$/, '') : move.press;
    return digits === '' ? { kind: 'silence' } : { kind: 'digits', digits };
  }
  if ('transfer' in move) return { kind: 'transfer_ended', connected: move.transfer };
  if ('leave' in move) return { kind: 'recording_done', durationSeconds: 3 };
  if ('say' in move) return { kind: 'speech', text: move.say, confidence: move.confidence };
  return 'silent' in move ? { kind: 'silence' } : { kind: 'hung_up' };
}

/** Where a call stands as far as it changes what may come next. */
const placeOf = (state: VoiceFlowState): string => {
  const { step, language, misses, presence, place, words, pending, humanHeard, codeAsked } = state;
  return JSON.stringify([
    step,
    language,
    misses,
    presence,
    place,
    words !== undefined,
    pending?.kind,
    humanHeard,
    codeAsked,
  ]);
};

/** An arrow of the diagram: a question asked so many times before, an answer to it, and what that leads to. */
const arrowOf = (from: VoiceFlowState, move: Move, to: VoiceFlowState): string =>
  `${from.language} ${from.step}/${from.misses} —${JSON.stringify(move)}→ ${to.step}/${to.misses}${to.ending ?? ''}`;

interface Reached {
  readonly moves: readonly Move[];
  readonly steps: readonly Step[];
}

/** A call is not followed further than this; the machine's own bound is beyond it. */
const LONGEST = 14;

/** Codes are asked for apart where the call is recorded: such calls are followed from the customer's consent on. */
const OFFERS: readonly Offer[] = [
  { slots: 2, pauseForCodes: false },
  { slots: 1, pauseForCodes: false },
  { slots: 0, pauseForCodes: false },
  { slots: 0, pauseForCodes: true },
];
const CONSENT: Move = { press: '1' };

/**
 * Paths that together take every arrow of the voice flow that can be taken from its beginning: each begins with the shortest
 * way to an arrow no other has taken, and goes on along such arrows until the call ends.
 */
export function voicePaths(contextOf: (language: Language, offer: Offer) => VoiceFlowContext): VoicePath[] {
  const taken = new Set<string>();
  const paths: VoicePath[] = [];
  for (const language of ['en', 'es'] as const) {
    for (const offer of OFFERS) {
      const beginning = contextOf(language, offer);
      const greeted: Reached = { moves: [], steps: [startVoiceFlow(beginning)] };
      const context = { ...beginning, isRecorded: offer.pauseForCodes };
      const start = offer.pauseForCodes ? follow(greeted, CONSENT, beginning) : greeted;
      for (const reached of reachable(start, context)) {
        for (let path = extended(reached, context, taken); path; path = extended(reached, context, taken)) {
          paths.push({ language, ...offer, ...path });
        }
      }
    }
  }
  return paths;
}

/** The shortest way to each place, the nearest first. */
function reachable(start: Reached, context: VoiceFlowContext): Reached[] {
  const seen = new Set([placeOf(lastOf(start).state)]);
  const found = [start];
  for (const reached of found) {
    const { state } = lastOf(reached);
    if (state.step === 'ended' || reached.moves.length >= LONGEST) continue;
    for (const move of movesOf(state, context)) {
      const next = follow(reached, move, context);
      const place = placeOf(lastOf(next).state);
      if (seen.has(place)) continue;
      seen.add(place);
      found.push(next);
    }
  }
  return found;
}

/** Goes on from here along arrows that nobody has taken, and then to the call's end; `null` where none is left. */
function extended(reached: Reached, context: VoiceFlowContext, taken: Set<string>): Reached | null {
  let path = reached;
  let isNew = false;
  while (lastOf(path).state.step !== 'ended' && path.moves.length < LONGEST) {
    const next = untaken(path, context, taken);
    if (!next) break;
    isNew = true;
    path = next;
  }
  if (!isNew) return null;
  // Whoever does nothing more is brought to the end by the machine's own bounds.
  while (lastOf(path).state.step !== 'ended') {
    const [only] = movesOf(lastOf(path).state, context);
    path = follow(path, lastOf(path).state.step === 'transfer' && only ? only : { silent: true }, context);
  }
  return path;
}

function untaken(path: Reached, context: VoiceFlowContext, taken: Set<string>): Reached | null {
  const { state } = lastOf(path);
  let ending: Reached | null = null;
  for (const move of movesOf(state, context)) {
    const next = follow(path, move, context);
    if (taken.has(arrowOf(state, move, lastOf(next).state))) continue;
    // Arrows that end the call come last, so that a path takes as many others as it can.
    if (lastOf(next).state.step === 'ended') ending ??= next;
    else return take(path, next, taken);
  }
  return ending && take(path, ending, taken);
}

function take(from: Reached, to: Reached, taken: Set<string>): Reached {
  const move = to.moves.at(-1);
  if (move) taken.add(arrowOf(lastOf(from).state, move, lastOf(to).state));
  return to;
}

const follow = ({ moves, steps }: Reached, move: Move, context: VoiceFlowContext): Reached => ({
  moves: [...moves, move],
  steps: [...steps, advance(lastOf({ steps }).state, inputOf(move, lastOf({ steps }).state), context)],
});

function lastOf({ steps }: Pick<Reached, 'steps'>): Step {
  const last = steps.at(-1);
  if (!last) throw new Error('A path begins with a step.');
  return last;
}
