export { evaluateHandOver as judgeHandOver, type HandOverFacts, type HandOverEvaluation as JudgedHandOver } from './hand-over.js';
export { medianOf } from './median.js';
export { shrunkShare as reckonedShare, wilsonInterval, type Share, type ShareInterval } from './share.js';
