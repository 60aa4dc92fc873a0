import type { UserRole } from '#libs/contracts/index.js';

/** The data of a valid session that its access tokens need: the identity and the expiry. */
export interface SessionState {
  readonly sessionId: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly role: UserRole;
  readonly agentId?: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}
