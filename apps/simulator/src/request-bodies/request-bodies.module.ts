export { type Form, isE164, many, methodOf, one, secondsOf, urlOf } from './form.js';
export { objectBody, optionalUrl, refuse } from './json-body.js';

/** The door to reading forms and JSON bodies: pure functions, nothing to inject. */
