import { jest } from '@jest/globals';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { AgentDeactivated, DeliveryCreated, OrganizationUpdated } from '#libs/contracts/index.js';
import { BOOT_MS, expectStatus, IdentityWorld, OPERATOR, PASSWORD, type Gateway } from './identity-world.js';

interface AuditEntry {
  readonly action: string;
  readonly actor: { readonly kind: string; readonly id: string };
  readonly target: { readonly kind: string; readonly id: string };
  readonly changed?: string[];
}

jest.setTimeout(120_000);

describe('people, keys and their organisation', () => {
  let world: IdentityWorld;
  let here: Gateway;
  let there: Gateway;

  beforeAll(async () => {
    world = await IdentityWorld.open();
    here = await world.gateway();
    there = await world.gateway();
  }, BOOT_MS);

  afterAll(async () => {
    await world?.close();
  }, BOOT_MS);

  const ask = async (as: string, gateway = here, path = '/v1/auth/me'): Promise<number> =>
    (await gateway.call('GET', path, { as })).status;
  const patch = (as: string, path: string, body: object, headers = {}): ReturnType<Gateway['call']> =>
    here.call('PATCH', path, { as, body, headers });
  const newKey = async (as: string, body: object): Promise<{ keyId: string; apiKey: string; scopes: string[] }> =>
    expectStatus(await here.call('POST', '/v1/api-keys', { as, body: { label: 'shop', ...body } }), 201) as never;
  const refusedEverywhere = async (as: string): Promise<void> => {
    expect(await ask(as)).toBe(401);
    await waitUntil(async () => (await ask(as, there)) === 401, {
      what: 'the other gateway to refuse',
      deadlineMs: 5_000,
    });
  };
  const auditLog = async (as: string, query = ''): Promise<AuditEntry[]> => {
    const answer = await here.call('GET', `/v1/audit-log?limit=200${query}`, { as });
    return expectStatus(answer, 200)['items'] as AuditEntry[];
  };

  describe('a user', () => {
    it('who is deactivated is out at once, on every gateway, and comes back only by signing in', async () => {
      const { admin } = await world.organization(here);
      const as = admin.accessToken;
      const ben = await world.join(here, as, 'dispatcher');
      const phone = await world.signIn(there, ben.email);
      for (const gateway of [here, there]) expect(await ask(ben.accessToken, gateway)).toBe(200);
      expectStatus(await patch(as, `/v1/users/${ben.userId}`, { active: false }), 200);
      for (const { accessToken } of [ben, phone]) await refusedEverywhere(accessToken);
      for (const { refreshToken } of [ben, phone]) {
        const answer = await there.call('POST', '/v1/auth/refresh', { body: { refreshToken } });
        expect(answer.status).toBe(401);
      }
      expectStatus(await patch(as, `/v1/users/${ben.userId}`, { active: true }), 200);
      expect(await ask(ben.accessToken)).toBe(401);
      expect(await ask((await world.signIn(here, ben.email)).accessToken)).toBe(200);
    });

    it('who is the last administrator stays one, also when two deactivate each other at the same moment', async () => {
      const { admin, apiKey } = await world.organization(here);
      const own = `/v1/users/${admin.userId}`;
      for (const body of [{ active: false }, { role: 'partner' }]) {
        const refused = await patch(admin.accessToken, own, body);
        expect(refused).toMatchObject({ status: 422, body: { type: 'urn:delauto:problem:last_admin' } });
      }
      for (let round = 0; round < 3; round += 1) {
        const second = await world.join(here, apiKey, 'admin');
        const answers = await Promise.all([
          patch(apiKey, own, { active: false }),
          there.call('PATCH', `/v1/users/${second.userId}`, { as: apiKey, body: { active: false } }),
        ]);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
        // As it was: the first is the only administrator again.
        expectStatus(await patch(apiKey, own, { active: true }), 200);
        expectStatus(await patch(apiKey, `/v1/users/${second.userId}`, { active: false }), 200);
      }
    });

    it('is changed as it was seen, or not at all; and never beyond what may be changed', async () => {
      const { admin } = await world.organization(here);
      const as = admin.accessToken;
      const path = `/v1/users/${admin.userId}`;
      const seen = (await here.call('GET', path, { as })).headers.get('etag') ?? '';
      expect(seen).toMatch(/^"\d+"$/);
      expectStatus(await patch(as, path, { name: 'Ana B' }, { 'if-match': seen }), 200);
      expect((await patch(as, path, { name: 'Ana C' }, { 'if-match': seen })).status).toBe(412);
      for (const body of [
        { passwordHash: 'x' },
        { organizationId: 'org_other' },
        { email: 'other@example.com' },
        { name: { $ne: null } },
        { agentId: 'agt_1', role: 'admin' },
        { role: 'operator' },
      ]) {
        expect([400, 503]).toContain((await patch(as, path, body)).status);
      }
      expect(expectStatus(await here.call('GET', path, { as }), 200)).toMatchObject({ name: 'Ana B', role: 'admin' });
    }, 40_000);

    it('of another organisation is not there', async () => {
      const [own, foreign] = [await world.organization(here), await world.organization(here)];
      const as = own.admin.accessToken;
      const path = `/v1/users/${foreign.admin.userId}`;
      for (const [method, where] of [
        ['GET', path],
        ['PATCH', path],
        ['GET', `${path}/sessions`],
        ['DELETE', `${path}/sessions`],
      ] as const) {
        const body = method === 'PATCH' ? { body: { active: false } } : {};
        expect((await here.call(method, where, { as, ...body })).status).toBe(404);
      }
      const listed = await here.call('GET', '/v1/users', { as });
      expect(listed.text).toContain(own.email);
      expect(listed.text).not.toContain(foreign.email);
      expect(await ask(foreign.admin.accessToken)).toBe(200);
    });

    it('is listed a page at a time, stable while others come', async () => {
      const { admin } = await world.organization(here);
      const as = admin.accessToken;
      const first = await world.join(here, as, 'partner');
      const second = await world.join(here, as, 'partner');
      const page = expectStatus(await here.call('GET', '/v1/users?limit=1', { as }), 200);
      expect(page).toMatchObject({ items: [{ userId: second.userId }] });
      await world.join(here, as, 'partner');
      const next = await here.call('GET', `/v1/users?limit=1&cursor=${String(page['nextCursor'])}`, { as });
      expect(expectStatus(next, 200)).toMatchObject({ items: [{ userId: first.userId }] });
      expect((await here.call('GET', '/v1/users?cursor=bm9uc2Vuc2U', { as })).status).toBe(400);
    });

    it('can be signed out everywhere by an administrator', async () => {
      const { admin } = await world.organization(here);
      const ben = await world.join(here, admin.accessToken, 'dispatcher');
      const as = admin.accessToken;
      const path = `/v1/users/${ben.userId}/sessions`;
      expect(expectStatus(await here.call('GET', path, { as }), 200)['items']).toHaveLength(1);
      expect(expectStatus(await here.call('DELETE', path, { as }), 200)).toEqual({ revoked: 1 });
      await refusedEverywhere(ben.accessToken);
    });
  });

  describe('an API key', () => {
    it('may what its scopes say, and is shown once', async () => {
      const { admin } = await world.organization(here);
      const as = admin.accessToken;
      const { keyId, apiKey } = await newKey(as, { scopes: ['users:read', 'self:read'] });
      expect(await ask(apiKey, here, '/v1/users')).toBe(200);
      expect(await ask(apiKey, here, '/v1/api-keys')).toBe(403);
      for (const path of [`/v1/api-keys/${keyId}`, '/v1/api-keys']) {
        const told = await here.call('GET', path, { as });
        expect(told.status).toBe(200);
        expect(told.text).not.toContain(apiKey.split('.')[1]);
        expect(told.text).not.toMatch(/sha256|secret/i);
      }
      for (const body of [
        {},
        { scopes: ['users:read'], role: 'admin' },
        { scopes: ['operations:read'] },
        { scopes: [] },
      ]) {
        expect((await here.call('POST', '/v1/api-keys', { as, body: { label: 'x', ...body } })).status).toBe(400);
      }
    });

    it('gives nobody more than it has: no key, no role, no rotation of a greater key', async () => {
      const { admin } = await world.organization(here);
      const great = await newKey(admin.accessToken, { role: 'admin' });
      const small = await newKey(admin.accessToken, { scopes: ['api-keys:write', 'users:write'] });
      const as = small.apiKey;
      const refused = [
        await here.call('POST', '/v1/api-keys', { as, body: { label: 'x', scopes: ['customers:erase'] } }),
        await here.call('POST', '/v1/api-keys', { as, body: { label: 'x', role: 'admin' } }),
        await here.call('POST', `/v1/api-keys/${great.keyId}/rotation`, { as, body: {} }),
        await here.call('POST', '/v1/invitations', { as, body: { email: world.newEmail(), role: 'admin' } }),
        await patch(as, `/v1/users/${admin.userId}`, { role: 'admin' }),
      ];
      expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
      await newKey(as, { scopes: ['users:write'] });
    });

    it('is rotated without a gap: both secrets for the overlap, then the new one only', async () => {
      const gateway = await world.gateway();
      const { admin } = await world.organization(gateway);
      const { keyId, apiKey } = await newKey(admin.accessToken, { scopes: ['self:read'] });
      expect(await ask(apiKey, gateway)).toBe(200);
      const rotate = async (overlapSeconds: number): Promise<string> => {
        const options = { as: admin.accessToken, body: { overlapSeconds } };
        const answer = await gateway.call('POST', `/v1/api-keys/${keyId}/rotation`, options);
        return String(expectStatus(answer, 201)['apiKey']);
      };
      const second = await rotate(60);
      for (const key of [apiKey, second]) expect(await ask(key, gateway)).toBe(200);
      gateway.letPass(61);
      expect(await ask(apiKey, gateway)).toBe(401);
      expect(await ask(second, gateway)).toBe(200);
      const third = await rotate(0);
      expect(await ask(second, gateway)).toBe(401);
      expect(await ask(third, gateway)).toBe(200);
    });

    it('ends: when it is over, or revoked, at once and everywhere', async () => {
      const gateway = await world.gateway();
      const { admin } = await world.organization(gateway);
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      const mortal = await newKey(admin.accessToken, { scopes: ['self:read'], expiresAt });
      expect(await ask(mortal.apiKey, gateway)).toBe(200);
      gateway.letPass(3_601);
      expect(await ask(mortal.apiKey, gateway)).toBe(401);

      const { keyId, apiKey } = await newKey(admin.accessToken, { scopes: ['self:read'] });
      for (const each of [here, there]) expect(await ask(apiKey, each)).toBe(200);
      const path = `/v1/api-keys/${keyId}`;
      expect((await here.call('DELETE', path, { as: admin.accessToken })).status).toBe(204);
      await refusedEverywhere(apiKey);
      expect((await here.call('DELETE', path, { as: admin.accessToken })).status).toBe(204);
      const again = await here.call('POST', `${path}/rotation`, { as: admin.accessToken, body: {} });
      expect(again).toMatchObject({ status: 422, body: { type: 'urn:delauto:problem:api_key_revoked' } });
    });

    it('says when it was last used', async () => {
      const { admin } = await world.organization(here);
      const { keyId, apiKey } = await newKey(admin.accessToken, { scopes: ['self:read'] });
      const lastUsedAt = async (): Promise<unknown> =>
        (await here.call('GET', `/v1/api-keys/${keyId}`, { as: admin.accessToken })).body['lastUsedAt'];
      expect(await lastUsedAt()).toBeUndefined();
      await ask(apiKey);
      await waitUntil(async () => typeof (await lastUsedAt()) === 'string', { what: 'the note', deadlineMs: 5_000 });
    });
  });

  describe('an organisation', () => {
    it('changes itself and nobody else; the apps that keep a copy are told', async () => {
      const { id, admin } = await world.organization(here);
      const foreign = await world.organization(here);
      const as = admin.accessToken;
      const path = `/v1/organizations/${id}`;
      const body = { callsFromMinute: 600, dispatcherPhone: '+442079460000', features: { holdoutPercent: 5 } };
      expect(expectStatus(await patch(as, path, body), 200)).toMatchObject({
        callsFromMinute: 600,
        name: 'Acme',
        features: { holdoutPercent: 5, recordCalls: true },
      });
      const told = await waitUntil(
        async () => (await world.mesh.heard(OrganizationUpdated)).find(({ aggregateId }) => aggregateId === id),
        { what: 'the event', deadlineMs: 5_000 },
      );
      expect(told.actor).toEqual({ kind: 'user', id: admin.userId });
      expect([...told.payload.changed].sort()).toEqual([
        'callsFromMinute',
        'dispatcherPhone',
        'features.holdoutPercent',
      ]);
      expect(expectStatus(await patch(as, path, { dispatcherPhone: null }), 200)).not.toHaveProperty('dispatcherPhone');
      expect((await patch(as, path, { callsUntilMinute: 600 })).status).toBe(400);
      for (const method of ['GET', 'PATCH'] as const) {
        const options = { as, ...(method === 'PATCH' ? { body: { name: 'Mine' } } : {}) };
        expect((await here.call(method, `/v1/organizations/${foreign.id}`, options)).status).toBe(404);
      }
      const listed = await here.call('GET', '/v1/organizations?limit=2', { as: OPERATOR });
      expect(expectStatus(listed, 200)['items']).toMatchObject([
        { organizationId: foreign.id },
        { organizationId: id },
      ]);
      expect(await ask(as, here, '/v1/organizations')).toBe(403);
    });
  });

  describe('the audit log', () => {
    it('tells who changed what: users, keys and the operator; of one’s own organisation only', async () => {
      const { id, admin, apiKey } = await world.organization(here);
      const foreign = await world.organization(here);
      const as = admin.accessToken;
      const ben = await world.join(here, as, 'dispatcher');
      expectStatus(await patch(apiKey, `/v1/users/${ben.userId}`, { name: 'Benny', active: false }), 200);
      const keyId = apiKey.split('.')[0];
      // Twelve changes of several aggregates, which the log hears of in any order.
      const log = await waitUntil(
        async () => {
          const entries = await auditLog(as);
          const heard = (action: string): boolean => entries.some((entry) => entry.action === action);
          return entries.length === 12 && ['gateway.user.updated', 'gateway.session.revoked'].every(heard) && entries;
        },
        { what: 'every change to be in the log', deadlineMs: 10_000 },
      );
      const of = (action: string): AuditEntry | undefined => log.find((entry) => entry.action === action);
      expect(of('gateway.organization.created')).toMatchObject({ actor: { kind: 'operator' }, target: { id } });
      expect(of('gateway.user.updated')).toMatchObject({
        actor: { kind: 'api_key', id: keyId },
        target: { kind: 'user', id: ben.userId },
        changed: ['name', 'active'],
      });
      expect(of('gateway.session.revoked')?.actor).toEqual({ kind: 'api_key', id: keyId });
      expect(JSON.stringify(log)).not.toMatch(new RegExp(`Benny|example\\.com|${PASSWORD}`));

      const byBen = await auditLog(as, `&actorId=${ben.userId}`);
      expect(byBen.length).toBeGreaterThan(0);
      for (const { actor } of byBen) expect(actor).toEqual({ kind: 'user', id: ben.userId });
      expect(await auditLog(as, `&action=gateway.user.updated`)).toHaveLength(1);
      expect((await auditLog(as, `&targetId=${ben.userId}`)).map(({ action }) => action)).toContain(
        'gateway.user.updated',
      );
      expect(await auditLog(as, '&until=2020-01-01T00:00:00Z')).toEqual([]);
      const others = await auditLog(foreign.admin.accessToken);
      expect(JSON.stringify(others)).not.toContain(ben.userId);

      const walked: AuditEntry[] = [];
      for (let cursor = ''; ;) {
        const answer = await here.call('GET', `/v1/audit-log?limit=3${cursor}`, { as });
        const { items, nextCursor } = expectStatus(answer, 200) as { items: AuditEntry[]; nextCursor?: string };
        walked.push(...items);
        if (nextCursor === undefined) break;
        cursor = `&cursor=${nextCursor}`;
      }
      expect(walked).toEqual(await auditLog(as));
      expect(await ask(ben.accessToken, here, '/v1/audit-log')).toBe(401);
    });

    it('holds what the owners of other things tell, and nothing that nobody caused', async () => {
      const { id, admin } = await world.organization(here);
      const window = { start: '2030-01-01T10:00:00Z', end: '2030-01-01T12:00:00Z' };
      const payload = { deliveryId: 'dlv_a1', reference: 'A-1', customerId: 'cus_1', window };
      await world.mesh.tell(DeliveryCreated, { payload, aggregateId: 'dlv_a1', organizationId: id });
      const { keyId } = await newKey(admin.accessToken, { scopes: ['self:read'] });
      await waitUntil(async () => (await auditLog(admin.accessToken, `&targetId=${keyId}`)).length === 1, {
        what: 'the key to be in the log',
        deadlineMs: 10_000,
      });
      expect(await auditLog(admin.accessToken, '&targetId=dlv_a1')).toEqual([]);
    });
  });

  describe('an agent', () => {
    it('whom routing has deactivated is out at once, with every token handed out before', async () => {
      const { id } = await world.organization(here);
      const { AgentTokens } = await import('../../apps/gateway/src/authentication/authentication.module.js');
      const { organizationId } = await import('#libs/persistence/index.js');
      const token = (agentId: string): string => here.app.get(AgentTokens).issue(organizationId(id), agentId).token;
      const [gone, stays] = [token('agt_gone'), token('agt_stays')];
      for (const each of [gone, stays]) expect(await ask(each)).toBe(200);
      const told = { payload: { agentId: 'agt_gone' }, aggregateId: 'agt_gone', organizationId: id };
      await world.mesh.tell(AgentDeactivated, { ...told, occurredAt: new Date(Date.now() + 1_000) });
      await waitUntil(async () => (await ask(gone)) === 401, { what: 'the agent to be out', deadlineMs: 10_000 });
      await refusedEverywhere(gone);
      expect(await ask(stays)).toBe(200);
    });
  });
});
