export { preferredDayPart, withCall, type PreferredDayPart } from './call-hours.js';
export { likeliestValue, withObservation, type Belief, type Evidence, type SeenValue } from './evidence.js';
