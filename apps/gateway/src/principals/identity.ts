import type { OrganizationId } from '#libs/persistence/index.js';
import type { Permission, Role } from './permissions.js';

type MemberRole = Exclude<Role, 'operator' | 'agent'>;

/** Signed in with a password: an access token of one session. */
export interface UserIdentity {
  readonly role: MemberRole;
  readonly organizationId: OrganizationId;
  readonly userId: string;
  readonly sessionId: string;
}

/** The agent's own application: by a session of the agent's user, or by a token an administrator issued. */
export interface AgentIdentity {
  readonly role: 'agent';
  readonly organizationId: OrganizationId;
  readonly agentId: string;
  readonly userId?: string;
  readonly sessionId?: string;
}

/** A system of the organization: an API key. Its scopes decide, not its role. */
export interface KeyIdentity {
  readonly role: 'key';
  readonly organizationId: OrganizationId;
  readonly keyId: string;
  readonly scopes: readonly Permission[];
}

/** Who is asking, as proven by their key or token. */
export type Identity = { readonly role: 'operator' } | UserIdentity | AgentIdentity | KeyIdentity;

export type Member = Exclude<Identity, { role: 'operator' }>;

/** An identity, and until when its credential proves it if nothing else happens. */
export interface Proof {
  readonly identity: Identity;
  /** Milliseconds since the epoch; `Infinity` for a credential that does not expire. */
  readonly expiresAt: number;
}
