export { preferredPart, withCall, type PreferredPart } from './call-hours.js';
export { believed, withSeen, type Belief, type Evidence, type SeenValue } from './evidence.js';
