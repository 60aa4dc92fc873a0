import { ChoiceField, FlagField, IdField, TextListField } from '../fields/index.js';
import { defineEvent } from '../kernel/index.js';

/** Roles of an organization's users. The permission table defines what each role may do. */
export const USER_ROLES = ['admin', 'dispatcher', 'agent', 'partner'] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** Events identify users by id only. Names and addresses are read from the app that stores them. */
export class UserFact {
  @IdField() userId!: string;
  @ChoiceField(USER_ROLES) role!: UserRole;
  /** Present if the user is an agent. */
  @IdField({ optional: true }) agentId?: string;
}

export class UserUpdatedPayload extends UserFact {
  @FlagField() active!: boolean;
  /** Names of the fields that changed. */
  @TextListField({ maxItems: 20, item: { max: 60 } }) changed!: string[];
}

export class PasswordChangedPayload {
  @IdField() userId!: string;
}

/** The fields of every event about an invitation. */
export class InvitationFact {
  @IdField() invitationId!: string;
  @ChoiceField(USER_ROLES) role!: UserRole;
  @IdField({ optional: true }) agentId?: string;
}

export class InvitationAcceptedPayload extends InvitationFact {
  @IdField() userId!: string;
}

/** Why a session ended before it expired. */
export const SESSION_ENDS = [
  'signed_out',
  'revoked',
  'token_reused',
  'password_changed',
  'user_deactivated',
  'superseded',
] as const;
export type SessionEnd = (typeof SESSION_ENDS)[number];

/** The fields of every event about a session. */
export class SessionFact {
  @IdField() sessionId!: string;
  @IdField() userId!: string;
}

export class SessionRevokedPayload extends SessionFact {
  @ChoiceField(SESSION_ENDS) reason!: SessionEnd;
}

export const UserCreated = defineEvent({
  subject: 'gateway.user.created.v1',
  payload: UserFact,
  consumers: ['analytics', 'gateway'],
  summary: 'A person accepted an invitation and can sign in.',
});
export const UserUpdated = defineEvent({
  subject: 'gateway.user.updated.v1',
  payload: UserUpdatedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'The name, role or status of a user changed. An inactive user loses all access at once.',
});
export const PasswordChanged = defineEvent({
  subject: 'gateway.user.password-changed.v1',
  payload: PasswordChangedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'A user changed their password. Their other sessions ended.',
});
export const InvitationCreated = defineEvent({
  subject: 'gateway.invitation.created.v1',
  payload: InvitationFact,
  consumers: ['analytics', 'gateway'],
  summary: 'A person was invited to the organization.',
});
export const InvitationAccepted = defineEvent({
  subject: 'gateway.invitation.accepted.v1',
  payload: InvitationAcceptedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'An invitation was accepted and its user was created.',
});
export const InvitationWithdrawn = defineEvent({
  subject: 'gateway.invitation.withdrawn.v1',
  payload: InvitationFact,
  consumers: ['analytics', 'gateway'],
  summary: 'An invitation was withdrawn and can no longer be accepted.',
});
export const SessionStarted = defineEvent({
  subject: 'gateway.session.started.v1',
  payload: SessionFact,
  consumers: ['analytics', 'gateway'],
  summary: 'A user signed in.',
});
export const SessionRevoked = defineEvent({
  subject: 'gateway.session.revoked.v1',
  payload: SessionRevokedPayload,
  consumers: ['analytics', 'gateway'],
  summary: 'A session ended before it expired, for the given reason.',
});
