import type { OrganizationId } from '#libs/persistence/index.js';
import type { Role } from './permissions.js';

/** Who is asking, as proven by their key or token. */
export type Identity =
  | { readonly role: 'operator' }
  | {
      readonly role: Exclude<Role, 'operator' | 'agent'>;
      readonly organizationId: OrganizationId;
      readonly keyId: string;
    }
  | { readonly role: 'agent'; readonly organizationId: OrganizationId; readonly agentId: string };

export type Member = Exclude<Identity, { role: 'operator' }>;
