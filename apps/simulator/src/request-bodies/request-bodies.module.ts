export { type Form, isE164, formValues, formMethod, formValue, formSeconds, formUrl } from './form.js';
export { objectBody, optionalUrl, assertNoMistakes } from './json-body.js';

/**
 * The public functions of this folder, which parse forms and JSON bodies. They are pure, so there is no Nest module.
 */
