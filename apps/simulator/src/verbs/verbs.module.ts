export { executeDocument } from './execute-document.js';
export type { VerbOutcome } from './verb.js';

/** The public functions of this folder, which execute TwiML verbs on a call. There is no Nest module. */
