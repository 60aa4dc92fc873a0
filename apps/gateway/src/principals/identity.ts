import type { OrganizationId } from '#libs/persistence/index.js';
import type { Permission, Role } from './permissions.js';

type MemberRole = Exclude<Role, 'operator' | 'agent'>;

/** A user who is signed in with a password and uses the access token of a session. */
export interface UserIdentity {
  readonly role: MemberRole;
  readonly organizationId: OrganizationId;
  readonly userId: string;
  readonly sessionId: string;
}

/** An agent's application, with a session of the agent's user or a token issued by an administrator. */
export interface AgentIdentity {
  readonly role: 'agent';
  readonly organizationId: OrganizationId;
  readonly agentId: string;
  readonly userId?: string;
  readonly sessionId?: string;
}

/** A system of the organization, with an API key. Its scopes determine its permissions. */
export interface KeyIdentity {
  readonly role: 'key';
  readonly organizationId: OrganizationId;
  readonly keyId: string;
  readonly scopes: readonly Permission[];
}

/** The verified principal of a request. */
export type Identity = { readonly role: 'operator' } | UserIdentity | AgentIdentity | KeyIdentity;

/** A principal who belongs to an organization. */
export type Member = Exclude<Identity, { role: 'operator' }>;

/** A verified identity and the time when its credential expires. An access change can end its validity earlier. */
export interface VerifiedIdentity {
  readonly identity: Identity;
  /** Milliseconds since the epoch; `Infinity` for a credential that does not expire. */
  readonly expiresAt: number;
}
