/** The model that is shipped, for tests of code that reads customers' words. */
export { loadReaderModel } from '#libs/adapters/instruction-analyst/local/reader-model-file.js';
