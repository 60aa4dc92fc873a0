export { evaluateHandOver, type HandOverFacts, type HandOverEvaluation } from './hand-over.js';
export { medianOf } from './median.js';
export { shrunkShare, wilsonInterval, type Share, type ShareInterval } from './share.js';
