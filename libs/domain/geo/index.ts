export { isInside } from './is-inside.js';
export { toTravelModel, withLeg, type TraveledLeg, type TravelRecord } from './learned-travel.js';
export { distanceMeters, isPosition, type Position } from './position.js';
export { DEFAULT_TRAVEL, travelSeconds, type TravelModel } from './travel.js';
