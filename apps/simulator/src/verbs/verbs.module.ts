export { executeDocument } from './execute-document.js';
export type { VerbOutcome } from './verb.js';

/** The door to TwiML's verbs: pure functions over a call's line, nothing to inject. */
