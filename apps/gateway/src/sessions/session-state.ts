import type { UserRole } from '#libs/contracts/index.js';

/** What must be known of a session to let its access token act: that it lives, and as whom. */
export interface SessionState {
  readonly sessionId: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly role: UserRole;
  readonly agentId?: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}
