export { isInside } from './is-inside.js';
export { learnedTravel, withLeg, type TravelledLeg, type TravelRecord } from './learned-travel.js';
export { distanceMeters, isPosition, type Position } from './position.js';
export { TOWN_TRAVEL, travelSeconds, type TravelModel } from './travel.js';
