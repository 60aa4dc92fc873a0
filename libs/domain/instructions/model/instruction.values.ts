/** Where a parcel may be left. `other` is a place that only the customer's words describe. */
export const SAFE_PLACES = [
  'front_door',
  'back_door',
  'side_door',
  'porch',
  'garage',
  'shed',
  'mailbox',
  'reception',
  'concierge',
  'locker',
  'neighbour',
  'gate',
  'balcony',
  'car',
  'other',
] as const;
export type SafePlace = (typeof SAFE_PLACES)[number];

/** What may hurt or stop the agent. */
export const HAZARDS = ['dog', 'ice', 'stairs', 'gate', 'other'] as const;
export type Hazard = (typeof HAZARDS)[number];

/** How the parcel is to be handed over. */
export const HANDLINGS = [
  'fragile',
  'signature',
  'leave_unattended_forbidden',
  'ring_bell',
  'do_not_ring',
  'other',
] as const;
export type Handling = (typeof HANDLINGS)[number];

/** The sentiment of a text that has one. */
export const SENTIMENTS = ['positive', 'negative'] as const;
export type Sentiment = (typeof SENTIMENTS)[number];

/** What makes instructions complex: each kind of request or fact, and a condition. */
export const COMPLEXITY_FACTORS = [
  'availability',
  'unavailable',
  'safe_place',
  'access_code',
  'recipient',
  'reschedule',
  'refused',
  'opt_out',
  'call_ahead',
  'hazards',
  'handling',
  'condition',
] as const;
export type ComplexityFactor = (typeof COMPLEXITY_FACTORS)[number];

/** Origin of a finding: pressed keys, speech understood during the call, analysis of the recording, or a person. */
export const FINDING_SOURCES = ['keys', 'speech', 'analysis', 'person'] as const;
export type FindingSource = (typeof FINDING_SOURCES)[number];
