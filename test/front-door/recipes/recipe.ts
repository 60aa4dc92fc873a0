import type { LivedHouse } from '../lived-house.js';
import type { ProvenRole } from '../people.js';

/** What goes into one request, beside whose it is. */
export interface RequestParts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What is known of one operation without looking at the gateway: who may use it, and a request that must succeed. It is
 * written by hand, so that a mistake in the gateway's own table cannot make the tests expect it.
 */
export interface Recipe {
  readonly roles: readonly ProvenRole[] | 'anybody';
  /** The scope a key needs; absent where no key may, whatever it was given. */
  readonly scope?: string;
  /**
   * A request about what this house owns, with everything it changes made for it, as whoever asks may do it once only.
   */
  readonly request: (house: LivedHouse, role: ProvenRole | 'key') => Promise<RequestParts> | RequestParts;
  /** Default: the status the document has for success. */
  readonly status?: number;
  /** Where a key that has the scope, and no other, is answered otherwise. */
  readonly keyStatus?: number;
  /** It concerns a person's sessions: a token that an administrator handed to an agent's application has none. */
  readonly bySessionOnly?: true;
  /**
   * How a member of one organisation is answered about what another owns. `names nothing`: the request holds no id, so
   * that there is nothing foreign to ask for; what it answers must still hold nothing of others.
   */
  readonly foreign: 404 | 'names nothing';
}

export type Recipes = Readonly<Record<string, Recipe>>;

export const ADMIN: readonly ProvenRole[] = ['admin'];
export const MANAGERS: readonly ProvenRole[] = ['admin', 'dispatcher'];
export const OFFICE: readonly ProvenRole[] = ['admin', 'dispatcher', 'partner'];
export const PARTNERS: readonly ProvenRole[] = ['admin', 'partner'];
export const AGENT: readonly ProvenRole[] = ['agent'];
export const MEMBERS: readonly ProvenRole[] = ['admin', 'dispatcher', 'agent', 'partner'];
export const OPERATOR: readonly ProvenRole[] = ['operator'];
export const NOTHING = (): RequestParts => ({});
