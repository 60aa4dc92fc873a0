import type { PopulatedOrganization } from '../populated-organization.js';
import type { TestedRole } from '../people.js';

/** The parts of a request, except the credential. */
export interface RequestParts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The roles that may use an operation, and a request that must succeed. It is written by hand and not derived from the
 * gateway, so that an error in the gateway's permission table cannot change the tests' expectation.
 */
export interface Recipe {
  readonly roles: readonly TestedRole[] | 'public';
  /** The scope that a key needs; absent if no key may use the operation. */
  readonly scope?: string;
  /**
   * A request about the organization's own objects. Everything that it changes is created for it, because a caller may
   * be able to do it only once.
   */
  readonly request: (
    organization: PopulatedOrganization,
    role: TestedRole | 'key',
  ) => Promise<RequestParts> | RequestParts;
  /** The expected status; the documented success status by default. */
  readonly status?: number;
  /** The expected status for a key that has only this scope, if it differs. */
  readonly keyStatus?: number;
  /**
   * The operation concerns a user's sessions; a token that an administrator issued to an agent's application has none.
   */
  readonly requiresSession?: true;
  /**
   * The response to a member of one organization about an object of another. `refers to no object`: the request
   * contains no id, so that it cannot refer to a foreign object; its response must still contain nothing of other
   * organizations.
   */
  readonly foreign: 404 | 'refers to no object';
}

export type Recipes = Readonly<Record<string, Recipe>>;

export const ADMIN: readonly TestedRole[] = ['admin'];
export const MANAGERS: readonly TestedRole[] = ['admin', 'dispatcher'];
export const OFFICE: readonly TestedRole[] = ['admin', 'dispatcher', 'partner'];
export const PARTNERS: readonly TestedRole[] = ['admin', 'partner'];
export const AGENT: readonly TestedRole[] = ['agent'];
export const MEMBERS: readonly TestedRole[] = ['admin', 'dispatcher', 'agent', 'partner'];
export const OPERATOR: readonly TestedRole[] = ['operator'];
export const EMPTY_REQUEST = (): RequestParts => ({});
