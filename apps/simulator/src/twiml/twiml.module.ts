export { parseTwiml, type TwimlElement, TwimlError } from './parse-twiml.js';

/** The door to TwiML: pure functions, nothing to inject. */
