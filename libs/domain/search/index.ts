export { MIN_SIMILARITY, computeRelevance } from './relevance.js';
export { toSnippets, type Snippet, type TextSpan } from './snippets.js';
export { toStem, toStems } from './stems.js';
export { toWords } from './words.js';
