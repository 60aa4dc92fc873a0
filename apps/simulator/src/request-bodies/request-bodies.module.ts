export { type Form, isE164, formValues as many, formMethod as methodOf, formValue as one, formSeconds as secondsOf, formUrl as urlOf } from './form.js';
export { objectBody, optionalUrl, assertNoMistakes as refuse } from './json-body.js';

/**
 * The public functions of this folder, which parse forms and JSON bodies. They are pure, so there is no Nest module.
 */
