export { parseTwiml, type TwimlElement, TwimlError } from './parse-twiml.js';

/** The public functions of this folder, which parse TwiML. They are pure, so there is no Nest module. */
