export {
  type Form,
  isE164,
  getFormValues,
  getFormMethod,
  getFormValue,
  parseFormSeconds,
  parseFormUrl,
} from './form.js';
export { parseObjectBody, parseOptionalUrl, assertNoProblems } from './json-body.js';

/**
 * The public functions of this folder, which parse forms and JSON bodies. They are pure, so there is no Nest module.
 */
