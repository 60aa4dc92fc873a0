import { randomBytes } from 'node:crypto';
import { expectAnswer, type House } from './house.js';

export type UserRole = 'admin' | 'dispatcher' | 'agent' | 'partner';

/** As whom every operation is tried. */
export type ProvenRole = 'operator' | UserRole;

export interface Invited {
  readonly invitationId: string;
  readonly email: string;
  /** Shown once to whoever invited. */
  readonly token: string;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly sessionId: string;
}

/** Somebody of a house, signed in. */
export interface Person extends Tokens {
  readonly userId: string;
  readonly email: string;
  readonly password: string;
}

export const newEmail = ({ marker }: House): string => `${randomBytes(4).toString('hex')}@${marker}.example.com`;
export const newPassword = (): string => `pass-${randomBytes(12).toString('hex')}`;

/** @param agentId whom they are, with the role agent */
export async function invite(house: House, role: UserRole, agentId?: string): Promise<Invited> {
  const email = newEmail(house);
  const body = { email, name: `Person ${house.marker}`, role, ...(agentId === undefined ? {} : { agentId }) };
  const { invitationId, token } = await house.make('POST', '/v1/invitations', body);
  return { invitationId: String(invitationId), token: String(token), email };
}

/** Invites somebody, accepts for them, and signs them in. */
export async function join(house: House, role: UserRole, agentId?: string): Promise<Person> {
  const { email, token } = await invite(house, role, agentId);
  const password = newPassword();
  const accepted = await house.door.call('POST', '/v1/invitations/accept', { body: { token, password } });
  const { userId } = expectAnswer(accepted, 201);
  return { userId: String(userId), email, password, ...(await signIn(house, { email, password })) };
}

export async function signIn(house: House, credentials: Pick<Person, 'email' | 'password'>): Promise<Tokens> {
  const { email, password } = credentials;
  const answer = await house.door.call('POST', '/v1/auth/login', { body: { email, password } });
  const { accessToken, refreshToken, sessionId } = expectAnswer(answer, 200);
  return { accessToken: String(accessToken), refreshToken: String(refreshToken), sessionId: String(sessionId) };
}
