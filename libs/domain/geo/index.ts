export { distanceMeters, isPosition, type Position } from './position.js';
