/** Which faults are injected, and how often. Shares are from 0 to 1. */
export interface FaultSettings {
  /** Share of status callbacks that are sent twice. */
  readonly duplicateCallbacks: number;
  /** Share of status callbacks that are held until the call's next one was sent. */
  readonly reorderCallbacks: number;
  /** Share of call creations that get no response and take effect after the client has given up. */
  readonly createTimeout: number;
  /** Delay of the creation after the client disconnected, or after `createTimeoutMaxMs` if it does not disconnect. */
  readonly createTimeoutLagMs: number;
  readonly createTimeoutMaxMs: number;
  /** Share of call creations that take effect and then get status 500. */
  readonly createErrorAfterEffect: number;
  /** Calls younger than this are missing from listings. Fetching a call by its SID finds it. */
  readonly listingLagMs: number;
  /** Share of REST requests that are refused with 429 before any effect. */
  readonly tooManyRequests: number;
  /** Maximum call creations per second; more are refused with 429. Null means no limit. */
  readonly callsPerSecond: number | null;
  /** Maximum concurrent calls; more are refused with 429. Null means no limit. */
  readonly concurrentCalls: number | null;
}

export const NO_FAULTS: FaultSettings = {
  duplicateCallbacks: 0,
  reorderCallbacks: 0,
  createTimeout: 0,
  createTimeoutLagMs: 200,
  createTimeoutMaxMs: 120_000,
  createErrorAfterEffect: 0,
  listingLagMs: 0,
  tooManyRequests: 0,
  callsPerSecond: null,
  concurrentCalls: null,
};

const shares = ['duplicateCallbacks', 'reorderCallbacks', 'createTimeout', 'createErrorAfterEffect', 'tooManyRequests'];
const nullable = ['callsPerSecond', 'concurrentCalls'];

/**
 * Merges the given settings into `base`.
 * @returns the merged settings, or all mistakes
 */
export function mergeFaults(
  base: FaultSettings,
  given: unknown,
): { readonly settings: FaultSettings } | { readonly mistakes: readonly string[] } {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { mistakes: ['The fault settings must be a JSON object, for example {"duplicateCallbacks": 0.2}.'] };
  }
  const mistakes: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (!(name in NO_FAULTS)) {
      mistakes.push(`There is no fault "${name}"; known are ${Object.keys(NO_FAULTS).join(', ')}.`);
    } else if (value === null && nullable.includes(name)) {
      continue;
    } else if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
      mistakes.push(`"${name}" must be a number of 0 or more${nullable.includes(name) ? ', or null' : ''}.`);
    } else if (shares.includes(name) && value > 1) {
      mistakes.push(`"${name}" is a share: it must be between 0 and 1.`);
    }
  }
  return mistakes.length > 0 ? { mistakes } : { settings: { ...base, ...(given as Partial<FaultSettings>) } };
}
