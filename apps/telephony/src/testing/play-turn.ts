import type { Verb } from '#libs/domain/voice-flow/index.js';
import type { CallChange, CallLog } from '../call-log/call-log.js';
import { isOptOut, takeTurn, withTurn, type Turn } from '../conversation/take-turn.js';

/** A call after a turn, and what was answered. */
export interface PlayedTurn extends CallChange {
  readonly document: string;
  readonly optedOut: boolean;
}

/** One turn from the carrier's question to the call it leaves, as the webhook plays it. */
export function playTurn(callLog: CallLog, asked: Turn): PlayedTurn {
  const turn = takeTurn(callLog, asked);
  if (turn.kind === 'repeated') {
    return { callLog, changed: false, events: [], effects: [], document: turn.document, optedOut: false };
  }
  const document = written(turn.next.verbs, turn.nextStep);
  return { ...withTurn(callLog, turn, document, asked.now), document, optedOut: isOptOut(turn) };
}

const written = (verbs: readonly Verb[], nextStep: string): string =>
  `${nextStep}: ${verbs.map((verb) => (verb.kind === 'gather' ? verb.prompt.map(({ promptKey }) => promptKey).join('+') : verb.kind)).join(' ')}`;
