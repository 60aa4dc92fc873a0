export { isInside } from './is-inside.js';
export { toTravelModel as learnedTravel, withLeg, type TraveledLeg as TravelledLeg, type TravelRecord } from './learned-travel.js';
export { distanceMeters, isPosition, type Position } from './position.js';
export { DEFAULT_TRAVEL as TOWN_TRAVEL, travelSeconds, type TravelModel } from './travel.js';
