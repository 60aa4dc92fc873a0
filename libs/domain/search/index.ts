export { MIN_SIMILARITY as LEAST_LIKENESS, relevance } from './relevance.js';
export { toSnippets as snippetsOf, type Snippet, type TextSpan } from './snippets.js';
export { toStem as stemOf, toStems as stemsOf } from './stems.js';
export { toWords as wordsOf } from './words.js';
