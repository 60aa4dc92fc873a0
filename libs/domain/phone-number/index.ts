export { findCandidateZonesOfNumber } from './candidate-zones-of-number.js';
export { parsePhoneNumber, type ParsedPhoneNumber, type PhoneNumberProblem } from './parse-phone-number.js';
export { toSpokenNumber } from './spoken-number.js';
export { findZonesOfCountry } from './zones-of-country.js';
