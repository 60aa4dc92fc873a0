import type { Identity } from '../principals/principals.module.js';

/** The access of a user, session, API key or agent has ended or changed. Cached identities must be verified again. */
export type AccessChange = { readonly organizationId: string } & (
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'session'; readonly sessionId: string }
  | { readonly kind: 'key'; readonly keyId: string }
  | { readonly kind: 'agent'; readonly agentId: string }
);

/** Whether the change affects this identity, so that its credential must be verified again. */
export function affects(change: AccessChange, identity: Identity): boolean {
  if (identity.role === 'operator' || identity.organizationId !== change.organizationId) return false;
  switch (change.kind) {
    case 'user':
      return 'userId' in identity && identity.userId === change.userId;
    case 'session':
      return 'sessionId' in identity && identity.sessionId === change.sessionId;
    case 'key':
      return 'keyId' in identity && identity.keyId === change.keyId;
    case 'agent':
      return 'agentId' in identity && identity.agentId === change.agentId;
  }
}
