// `zone-of-position.ts` is not exported here on purpose: it loads map data when it is imported.
export {
  DEFAULT_CALLING_RULES,
  hoursAllowedOn,
  isDayOff,
  withOrganizationHours,
  type AttemptCaps,
  type CallingRules,
  type CustomerCallStatus,
  type DaysOff,
  type LegalBasis,
} from './calling-rules.js';
export { candidateZones, type CustomerLocation, type ZoneOfPosition } from './candidate-zones.js';
export { findLawfulWindows, type LawfulWindowsQuery } from './lawful-windows.js';
export {
  getCallingDayStart,
  mayDial,
  nextCallingDay,
  type DialDecision,
  type DialQuery,
  type RefusalRule,
} from './may-dial.js';
