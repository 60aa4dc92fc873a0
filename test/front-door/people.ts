import { randomBytes } from 'node:crypto';
import { expectResponse, type OrganizationFixture } from './organization-fixture.js';

export type UserRole = 'admin' | 'dispatcher' | 'agent' | 'partner';

/** The roles with which every operation is tested. */
export type TestedRole = 'operator' | UserRole;

export interface Invitation {
  readonly invitationId: string;
  readonly email: string;
  /** Returned once, to the inviting user. */
  readonly token: string;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly sessionId: string;
}

/** A signed-in user of an organization. */
export interface Person extends Tokens {
  readonly userId: string;
  readonly email: string;
  readonly password: string;
}

export const newEmail = ({ marker }: OrganizationFixture): string =>
  `${randomBytes(4).toString('hex')}@${marker}.example.com`;
export const newPassword = (): string => `pass-${randomBytes(12).toString('hex')}`;

/** @param agentId For the role `agent`, the id of the agent. */
export async function invite(organization: OrganizationFixture, role: UserRole, agentId?: string): Promise<Invitation> {
  const email = newEmail(organization);
  const body = { email, name: `Person ${organization.marker}`, role, ...(agentId === undefined ? {} : { agentId }) };
  const { invitationId, token } = await organization.requestAsAdmin('POST', '/v1/invitations', body);
  return { invitationId: String(invitationId), token: String(token), email };
}

/** Invites a user, accepts the invitation, and signs in. */
export async function join(organization: OrganizationFixture, role: UserRole, agentId?: string): Promise<Person> {
  const { email, token } = await invite(organization, role, agentId);
  const password = newPassword();
  const accepted = await organization.product.call('POST', '/v1/invitations/accept', { body: { token, password } });
  const { userId } = expectResponse(accepted, 201);
  return { userId: String(userId), email, password, ...(await signIn(organization, { email, password })) };
}

export async function signIn(
  organization: OrganizationFixture,
  credentials: Pick<Person, 'email' | 'password'>,
): Promise<Tokens> {
  const { email, password } = credentials;
  const response = await organization.product.call('POST', '/v1/auth/login', { body: { email, password } });
  const { accessToken, refreshToken, sessionId } = expectResponse(response, 200);
  return { accessToken: String(accessToken), refreshToken: String(refreshToken), sessionId: String(sessionId) };
}
