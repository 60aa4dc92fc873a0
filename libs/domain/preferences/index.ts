export { preferredDayPart as preferredPart, withCall, type PreferredDayPart as PreferredPart } from './call-hours.js';
export { mostProbable as believed, withObservation as withSeen, type Belief, type Evidence, type SeenValue } from './evidence.js';
