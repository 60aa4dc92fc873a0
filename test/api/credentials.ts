import { SCOPES } from '../../apps/gateway/src/principals/principals.module.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import type { PopulatedOrganization } from '../front-door/populated-organization.js';
import { join, type UserRole } from '../front-door/people.js';
import type { TestedRole } from '../front-door/recipes/index.js';
import { forgeToken } from '../front-door/tokens.js';

/** A credential for the tests, and the identity that it proves. */
export interface Credential {
  /** The name in the report's table: `admin`, `key deliveries:read`, `expired agent`. */
  readonly name: string;
  readonly value: string | undefined;
  readonly identity:
    /** `withoutSession`: a token without a session that an administrator issued for an agent's application. */
    | { readonly kind: 'role'; readonly role: TestedRole; readonly withoutSession?: true }
    | { readonly kind: 'key'; readonly scope: string }
    | { readonly kind: 'none' };
}

const USER_ROLES: readonly UserRole[] = ['admin', 'dispatcher', 'agent', 'partner'];
const KEY_LIFETIME_MS = 2_000;

/** Creates all kinds of credentials: a token per role, a key per scope, and invalid, expired and revoked ones. */
export async function createCredentials(organization: PopulatedOrganization): Promise<Credential[]> {
  const { product } = organization;
  const createInvalid = (name: string, value: string | undefined): Credential => ({
    name,
    value,
    identity: { kind: 'none' },
  });
  const roles = USER_ROLES.map((role): Credential => {
    const value = organization.people[role].accessToken;
    return { name: role, value, identity: { kind: 'role', role } };
  });
  const keys: Credential[] = [];
  for (const scope of SCOPES) {
    const { apiKey } = await organization.newKey([scope]);
    keys.push({ name: `key ${scope}`, value: apiKey, identity: { kind: 'key', scope } });
  }
  const secret = product.variable('JWT_SECRET');
  const past = { exp: Math.floor(Date.now() / 1000) - 1 };
  const expired = USER_ROLES.map((role) =>
    createInvalid(`expired ${role}`, forgeToken(organization.people[role].accessToken, { secret, claims: past })),
  );
  return [
    { name: 'operator', value: product.operatorKey, identity: { kind: 'role', role: 'operator' } },
    ...roles,
    {
      name: 'agent’s application',
      value: organization.agentAppToken,
      identity: { kind: 'role', role: 'agent', withoutSession: true },
    },
    ...keys,
    createInvalid('none', undefined),
    createInvalid('nonsense', 'nonsense'),
    createInvalid('a key with another secret', `${(keys[0]?.value ?? '').slice(0, -4)}AAAA`),
    ...expired,
    createInvalid('an expired key', await createExpiredKey(organization)),
    ...(await createRevoked(organization)).map(([name, value]) => createInvalid(name, value)),
  ];
}

async function createExpiredKey(organization: PopulatedOrganization): Promise<string> {
  const { apiKey } = await organization.newKey([...SCOPES], new Date(Date.now() + KEY_LIFETIME_MS));
  await waitUntilRejected(organization, apiKey, 'the key to expire');
  return apiKey;
}

/** Creates credentials and revokes them: of a closed session, a deactivated user, a revoked key. */
async function createRevoked(organization: PopulatedOrganization): Promise<[string, string][]> {
  const revokedCredentials: [string, string][] = [];
  for (const role of USER_ROLES) {
    const person = await join(organization, role, role === 'agent' ? organization.completed.agentId : undefined);
    await organization.requestAsAdmin('DELETE', `/v1/users/${person.userId}/sessions`);
    revokedCredentials.push([`revoked ${role}`, person.accessToken]);
  }
  const deactivated = await join(organization, 'admin');
  await organization.requestAsAdmin('PATCH', `/v1/users/${deactivated.userId}`, { active: false });
  revokedCredentials.push(['a deactivated admin', deactivated.accessToken]);
  const { keyId, apiKey } = await organization.newKey([...SCOPES]);
  await organization.requestAsAdmin('DELETE', `/v1/api-keys/${keyId}`);
  revokedCredentials.push(['a revoked key', apiKey]);
  return revokedCredentials;
}

function waitUntilRejected(organization: PopulatedOrganization, as: string, what: string): Promise<boolean> {
  return waitUntil(async () => (await organization.product.call('GET', '/v1/auth/me', { as })).status === 401, {
    what,
    deadlineMs: 20_000,
    everyMs: 100,
  });
}
