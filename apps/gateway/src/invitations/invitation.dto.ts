import {
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  ObjectListField,
  TextField,
  USER_ROLES,
  type UserRole,
} from '#libs/contracts/index.js';
import { PASSWORD_LENGTH } from '#libs/domain/identity/password-policy.js';
import type { InvitationDocument } from '#libs/persistence/schemas/gateway/invitations.js';
import { EMAIL } from '../users/users.module.js';

export class InvitationInput {
  @TextField(EMAIL) email!: string;
  @TextField({ optional: true, max: 120, description: 'The invited person can change it when they accept.' })
  name?: string;
  @ChoiceField(USER_ROLES) role!: UserRole;
  @IdField({ optional: true, description: 'Required with the role agent: the agent that this person is.' })
  agentId?: string;
}

export const INVITATION_STATES = ['open', 'accepted', 'withdrawn', 'expired'] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

export class Invitation extends InvitationInput {
  @IdField() invitationId!: string;
  @ChoiceField(INVITATION_STATES) state!: InvitationState;
  @InstantField() createdAt!: string;
  @InstantField() expiresAt!: string;
  /** The user that was created from the invitation. */
  @IdField({ optional: true }) userId?: string;
}

export class IssuedInvitation extends Invitation {
  @TextField({ max: 200, description: 'Shown only once. Send it to the person through a channel you trust.' })
  token!: string;
}

export class InvitationPage {
  @ObjectListField(() => Invitation, { maxItems: 200 }) items!: Invitation[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

export class InvitationsQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

export class Acceptance {
  @TextField({ max: 200 }) token!: string;
  @TextField({ optional: true, max: 120, description: 'Required if the invitation has no name.' }) name?: string;
  @TextField(PASSWORD_LENGTH) password!: string;
}

export function toInvitation(invitation: InvitationDocument, now: Date): Invitation {
  const { _id: invitationId, email, name, role, agentId, createdAt, expiresAt, userId } = invitation;
  return {
    invitationId,
    email,
    ...(name === undefined ? {} : { name }),
    role,
    ...(agentId === undefined ? {} : { agentId }),
    state: toInvitationState(invitation, now),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    ...(userId === undefined ? {} : { userId }),
  };
}

export function toInvitationState(
  { acceptedAt, withdrawnAt, expiresAt }: InvitationDocument,
  now: Date,
): InvitationState {
  if (acceptedAt) return 'accepted';
  if (withdrawnAt) return 'withdrawn';
  return expiresAt <= now ? 'expired' : 'open';
}
