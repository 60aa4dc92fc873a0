export { judgeHandOver, type HandOverFacts, type JudgedHandOver } from './hand-over.js';
export { medianOf } from './median.js';
export { reckonedShare, wilsonInterval, type Share, type ShareInterval } from './share.js';
