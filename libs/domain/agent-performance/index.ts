export { evaluateHandOver, type HandOverFacts, type HandOverEvaluation } from './hand-over.js';
export { toMedian } from './median.js';
export { shrinkShare, wilsonInterval, type Share, type ShareInterval } from './share.js';
