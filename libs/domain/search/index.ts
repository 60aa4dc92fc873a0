export { LEAST_LIKENESS, relevance } from './relevance.js';
export { snippetsOf, type Snippet, type TextSpan } from './snippets.js';
export { stemOf, stemsOf } from './stems.js';
export { wordsOf } from './words.js';
