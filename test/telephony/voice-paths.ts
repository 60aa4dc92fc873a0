import {
  advance,
  startVoiceFlow,
  type Language,
  type Step,
  type VoiceFlowContext,
  type VoiceFlowState,
  type VoiceInput,
} from '#libs/domain/voice-flow/index.js';

/** An action of a scripted customer in one turn, in the terms of the simulator's control API. */
export type Move =
  | { readonly press: string }
  | { readonly say: string; readonly confidence: number }
  | { readonly silent: true }
  /** Words spoken onto a recording. */
  | { readonly leave: string }
  | { readonly hangUp: number }
  /** Whether the dispatcher answers the transferred call; not an action of the customer. */
  | { readonly transfer: boolean };

/** The settings of the customer's organization that affect the conversation. */
export interface Offer {
  /** The number of alternative windows. */
  readonly slots: number;
  /** Whether access codes are requested separately, while the recording pauses. */
  readonly pauseForCodes: boolean;
}

/** One call: its language, the customer's moves, and the steps of the state machine. */
export interface VoicePath extends Offer {
  readonly language: Language;
  readonly moves: readonly Move[];
  readonly steps: readonly Step[];
}

const CERTAIN = 0.95;
/** Confidence at which the product asks for confirmation. */
const DOUBTFUL = 0.6;
/** Confidence at which the product behaves as if nothing was understood. */
const MUMBLED = 0.2;
const say = (text: string, confidence = CERTAIN): Move => ({ say: text, confidence });

const KEY_MOVES: readonly Move[] = [...'0123459*#'].map((key) => ({ press: key }));
const OTHER_MOVES: readonly Move[] = [{ silent: true }, { hangUp: 1 }];
const SPEECH_MOVES: Readonly<Record<Language, readonly Move[]>> = {
  en: [
    say('yes'),
    say('no'),
    say('yes', DOUBTFUL),
    say('no', DOUBTFUL),
    say('yes', MUMBLED),
    say('say that again'),
    say('hold on a second'),
    say('can I talk to a person'),
    say('who is calling please'),
    say('another day please'),
    say('the first one'),
    say('please leave it on the back porch'),
    say('leave it on the back porch', MUMBLED),
    say('the gate code is four five two one'),
    say('nothing else'),
    say('purple monkey dishwasher umbrella'),
    say('stop calling me'),
    say('wrong number'),
    say('I do not want it send it back'),
    say("I'm not sure"),
    say('nobody is home leave it on the porch'),
    say("I won't be home but my wife will"),
    say('en español por favor'),
  ],
  es: [
    say('sí'),
    say('no'),
    say('sí', DOUBTFUL),
    say('repita por favor'),
    say('un momento'),
    say('quiero hablar con una persona'),
    say('quién habla'),
    say('otro día'),
    say('la primera opción'),
    say('déjelo con el vecino'),
    say('nada más'),
    say('bla bla bla bla'),
    say('no me llamen más'),
    say('ya no lo quiero'),
    say('no sé'),
    say('mi esposa va a estar'),
    say('in English please'),
  ],
};

const CODE_MOVES: readonly Move[] = [
  { press: '4521#' },
  say('four five two one'),
  say('cuatro cinco dos uno', DOUBTFUL),
];

/**
 * The possible next moves. Whether the dispatcher answers depends on the transfer number: see `toContext` in the spec.
 */
const listMoves = ({ step, language }: VoiceFlowState, { transferNumber }: VoiceFlowContext): readonly Move[] =>
  step === 'transfer'
    ? [{ transfer: transferNumber === DISPATCHER }]
    : step === 'message'
      ? [{ leave: 'please ring twice and leave it on the back porch' }, { press: '9' }, ...OTHER_MOVES]
      : [...(step === 'code' ? CODE_MOVES : []), ...KEY_MOVES, ...SPEECH_MOVES[language], ...OTHER_MOVES];

/** The number of a dispatcher who answers calls. */
export const DISPATCHER = '+13125559001';
/** The number of a dispatcher who does not answer. */
export const UNANSWERED_NUMBER = '+13125559002';

function toInput(move: Move, { step }: VoiceFlowState): VoiceInput {
  if ('press' in move) {
    // The hash key ends the entry of a code and is not part of it; alone it has no meaning.
    const digits = step === 'code' ? move.press.replace(/#$/, '') : move.press;
    return digits === '' ? { kind: 'silence' } : { kind: 'digits', digits };
  }
  if ('transfer' in move) return { kind: 'transfer_ended', connected: move.transfer };
  if ('leave' in move) return { kind: 'recording_done', durationSeconds: 3 };
  if ('say' in move) return { kind: 'speech', text: move.say, confidence: move.confidence };
  return 'silent' in move ? { kind: 'silence' } : { kind: 'hung_up' };
}

/** The part of the state that decides which question follows. What else was noted changes only what is read back. */
const toStateKey = ({ step, language, misses, presence, pending, codeAsked }: VoiceFlowState): string =>
  JSON.stringify([step, language, misses, presence, pending?.kind, codeAsked]);

/** A transition of the diagram: a question with its number of misses, a move, and the resulting state. */
const toTransition = (from: VoiceFlowState, move: Move, to: VoiceFlowState): string =>
  `${from.language} ${from.step}/${from.misses} —${JSON.stringify(move)}→ ${to.step}/${to.misses}${to.ending ?? ''}`;

interface PartialPath {
  readonly moves: readonly Move[];
  readonly steps: readonly Step[];
}

/** The maximum number of moves per path; the state machine's own limit is higher. */
const MAX_MOVES = 14;

/** Codes are requested separately if the call is recorded, so such paths start after the customer's consent. */
const OFFERS: readonly Offer[] = [
  { slots: 2, pauseForCodes: false },
  { slots: 1, pauseForCodes: false },
  { slots: 0, pauseForCodes: false },
  { slots: 0, pauseForCodes: true },
];
const CONSENT: Move = { press: '1' };

/**
 * Generates paths that together take every reachable transition of the voice flow. Each starts with the shortest path
 * to a transition that no other path has taken, and continues along such transitions until the call ends.
 */
export function voicePaths(toContext: (language: Language, offer: Offer) => VoiceFlowContext): VoicePath[] {
  const taken = new Set<string>();
  const paths: VoicePath[] = [];
  for (const language of ['en', 'es'] as const) {
    for (const offer of OFFERS) {
      const initialContext = toContext(language, offer);
      const greetedPath: PartialPath = { moves: [], steps: [startVoiceFlow(initialContext)] };
      const context = { ...initialContext, isRecorded: offer.pauseForCodes };
      const start = offer.pauseForCodes ? follow(greetedPath, CONSENT, initialContext) : greetedPath;
      for (const reached of findReachable(start, context)) {
        for (let path = extendPath(reached, context, taken); path; path = extendPath(reached, context, taken)) {
          paths.push({ language, ...offer, ...path });
        }
      }
    }
  }
  return paths;
}

/** The shortest path to each distinct state, the nearest first. */
function findReachable(start: PartialPath, context: VoiceFlowContext): PartialPath[] {
  const seenKeys = new Set([toStateKey(lastStep(start).state)]);
  const found = [start];
  for (const reached of found) {
    const { state } = lastStep(reached);
    if (state.step === 'ended' || reached.moves.length >= MAX_MOVES) continue;
    for (const move of listMoves(state, context)) {
      const next = follow(reached, move, context);
      const stateKey = toStateKey(lastStep(next).state);
      if (seenKeys.has(stateKey)) continue;
      seenKeys.add(stateKey);
      found.push(next);
    }
  }
  return found;
}

/**
 * Extends a path along transitions that no path has taken, and then to the call's end.
 *
 * @returns Null if no such transition is left.
 */
function extendPath(reached: PartialPath, context: VoiceFlowContext, taken: Set<string>): PartialPath | null {
  let path = reached;
  let isNew = false;
  while (lastStep(path).state.step !== 'ended' && path.moves.length < MAX_MOVES) {
    const next = takeNewTransition(path, context, taken);
    if (!next) break;
    isNew = true;
    path = next;
  }
  if (!isNew) return null;
  // A customer who stays silent reaches the end through the limits of the state machine.
  while (lastStep(path).state.step !== 'ended') {
    const [only] = listMoves(lastStep(path).state, context);
    path = follow(path, lastStep(path).state.step === 'transfer' && only ? only : { silent: true }, context);
  }
  return path;
}

function takeNewTransition(path: PartialPath, context: VoiceFlowContext, taken: Set<string>): PartialPath | null {
  const { state } = lastStep(path);
  let ending: PartialPath | null = null;
  for (const move of listMoves(state, context)) {
    const next = follow(path, move, context);
    if (taken.has(toTransition(state, move, lastStep(next).state))) continue;
    // Transitions that end the call come last, so that a path takes as many others as possible.
    if (lastStep(next).state.step === 'ended') ending ??= next;
    else return markTaken(path, next, taken);
  }
  return ending && markTaken(path, ending, taken);
}

function markTaken(from: PartialPath, to: PartialPath, taken: Set<string>): PartialPath {
  const move = to.moves.at(-1);
  if (move) taken.add(toTransition(lastStep(from).state, move, lastStep(to).state));
  return to;
}

const follow = ({ moves, steps }: PartialPath, move: Move, context: VoiceFlowContext): PartialPath => ({
  moves: [...moves, move],
  steps: [...steps, take(lastStep({ steps }).state, move, context)],
});

/** Steps after words, by context, state and move: the words are tried at thousands of paths and take a millisecond to read. */
const stepsAfterWords = new WeakMap<VoiceFlowContext, Map<string, Step>>();

function take(state: VoiceFlowState, move: Move, context: VoiceFlowContext): Step {
  const { turns, ...rest } = state;
  // The number of turns matters only at the end of a long call, which silence reaches.
  if (!('say' in move) || turns >= MAX_MOVES) return advance(state, toInput(move, state), context);
  const known = stepsAfterWords.get(context) ?? new Map<string, Step>();
  stepsAfterWords.set(context, known);
  const key = JSON.stringify([rest, move]);
  const step = known.get(key) ?? advance(state, toInput(move, state), context);
  known.set(key, step);
  return { ...step, state: { ...step.state, turns: turns + 1 } };
}

function lastStep({ steps }: Pick<PartialPath, 'steps'>): Step {
  const last = steps.at(-1);
  if (!last) throw new Error('A path must begin with a step.');
  return last;
}
