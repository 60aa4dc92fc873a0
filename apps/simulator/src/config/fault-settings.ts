/** The faults to inject. Shares are from 0 to 1, and times are real milliseconds. */
export interface FaultSettings {
  /** Share of status callbacks that are sent twice. */
  readonly duplicateCallbacks: number;
  /** Share of status callbacks that are held until the call's next one was sent. */
  readonly reorderCallbacks: number;
  /** Share of call creations that get no response and take effect after the client has given up. */
  readonly createTimeout: number;
  /** Delay of the creation after the client disconnected, or after `createTimeoutMaxMs` if it does not disconnect. */
  readonly createTimeoutLagMs: number;
  /** Maximum wait for the client to disconnect. */
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

const SHARE_SETTINGS = [
  'duplicateCallbacks',
  'reorderCallbacks',
  'createTimeout',
  'createErrorAfterEffect',
  'tooManyRequests',
];
const NULLABLE_SETTINGS = ['callsPerSecond', 'concurrentCalls'];

/**
 * Merges the requested settings into `base`.
 * @returns the merged settings, or all validation errors
 */
export function mergeFaults(
  base: FaultSettings,
  requested: unknown,
): { readonly settings: FaultSettings } | { readonly problems: readonly string[] } {
  if (typeof requested !== 'object' || requested === null || Array.isArray(requested)) {
    return { problems: ['The fault settings must be a JSON object, for example {"duplicateCallbacks": 0.2}.'] };
  }
  const problems: string[] = [];
  for (const [name, value] of Object.entries(requested)) {
    if (!(name in NO_FAULTS)) {
      problems.push(`There is no fault "${name}"; known are ${Object.keys(NO_FAULTS).join(', ')}.`);
    } else if (value === null && NULLABLE_SETTINGS.includes(name)) {
      continue;
    } else if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
      problems.push(`"${name}" must be a number of 0 or more${NULLABLE_SETTINGS.includes(name) ? ', or null' : ''}.`);
    } else if (SHARE_SETTINGS.includes(name) && value > 1) {
      problems.push(`"${name}" is a share: it must be between 0 and 1.`);
    }
  }
  return problems.length > 0 ? { problems } : { settings: { ...base, ...(requested as Partial<FaultSettings>) } };
}
