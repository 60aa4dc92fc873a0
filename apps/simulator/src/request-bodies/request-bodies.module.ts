export { type Form, isE164, many, methodOf, one, secondsOf, urlOf } from './form.js';
export { objectBody, optionalUrl, refuse } from './json-body.js';

/**
 * The public functions of this folder, which parse forms and JSON bodies. They are pure, so there is no Nest module.
 */
