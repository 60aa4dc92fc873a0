export { snippetsOf, type Snippet, type TextSpan } from './snippets.js';
export { wordsOf } from './words.js';
