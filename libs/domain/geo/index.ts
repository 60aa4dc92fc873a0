export { distanceMeters, isPosition, type Position } from './position.js';
export { isInside } from './is-inside.js';
