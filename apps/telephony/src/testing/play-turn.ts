import { loadReaderModel } from '#libs/testing/reader/reader-model.js';
import type { Verb } from '#libs/domain/voice-flow/index.js';
import type { CallChange, CallLog } from '../call-log/call-log.js';
import { isOptOut, takeTurn, withTurn, type Turn } from '../conversation/take-turn.js';

/** The call after a turn, and the voice document of the turn. */
export interface PlayedTurn extends CallChange {
  readonly document: string;
  readonly hasOptedOut: boolean;
}

/** Plays one turn as the voice webhook does. */
export function playTurn(callLog: CallLog, requestedTurn: Omit<Turn, 'loadReader'>): PlayedTurn {
  const turn = takeTurn(callLog, { ...requestedTurn, loadReader: loadReaderModel });
  if (turn.kind === 'repeated') {
    return { callLog, changed: false, events: [], effects: [], document: turn.document, hasOptedOut: false };
  }
  const document = render(turn.next.verbs, turn.nextStep);
  return { ...withTurn(callLog, turn, document, requestedTurn.now), document, hasOptedOut: isOptOut(turn) };
}

const render = (verbs: readonly Verb[], nextStep: string): string =>
  `${nextStep}: ${verbs.map((verb) => (verb.kind === 'gather' ? verb.prompt.map(({ promptKey }) => promptKey).join('+') : verb.kind)).join(' ')}`;
