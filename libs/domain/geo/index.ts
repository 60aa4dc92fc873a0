export { isInside } from './is-inside.js';
export { distanceMeters, isPosition, type Position } from './position.js';
export { TOWN_TRAVEL, travelSeconds, type TravelModel } from './travel.js';
