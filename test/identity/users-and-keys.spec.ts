import { waitUntil } from '#deploy/local/process/wait-until.js';
import { AgentDeactivated, DeliveryCreated, OrganizationUpdated } from '#libs/contracts/index.js';
import { BOOT_MS, expectStatus, IdentityFixture, OPERATOR, PASSWORD, type Gateway } from './identity-fixture.js';

interface AuditEntry {
  readonly action: string;
  readonly actor: { readonly kind: string; readonly id: string };
  readonly target: { readonly kind: string; readonly id: string };
  readonly changed?: string[];
}

describe('users, API keys and their organization', () => {
  let fixture: IdentityFixture;
  let gateway1: Gateway;
  let gateway2: Gateway;

  beforeAll(async () => {
    fixture = await IdentityFixture.open();
    gateway1 = await fixture.gateway();
    gateway2 = await fixture.gateway();
  }, BOOT_MS);

  afterAll(async () => {
    await fixture?.close();
  }, BOOT_MS);

  const getStatus = async (as: string, gateway = gateway1, path = '/v1/auth/me'): Promise<number> =>
    (await gateway.call('GET', path, { as })).status;
  const patch = (as: string, path: string, body: object, headers = {}): ReturnType<Gateway['call']> =>
    gateway1.call('PATCH', path, { as, body, headers });
  const newKey = async (as: string, body: object): Promise<{ keyId: string; apiKey: string; scopes: string[] }> =>
    expectStatus(await gateway1.call('POST', '/v1/api-keys', { as, body: { label: 'shop', ...body } }), 201) as never;
  const expectRejectedEverywhere = async (as: string): Promise<void> => {
    expect(await getStatus(as)).toBe(401);
    await waitUntil(async () => (await getStatus(as, gateway2)) === 401, {
      what: 'the other gateway to reject the credential',
    });
  };
  const auditLog = async (as: string, query = ''): Promise<AuditEntry[]> => {
    const response = await gateway1.call('GET', `/v1/audit-log?limit=200${query}`, { as });
    return expectStatus(response, 200)['items'] as AuditEntry[];
  };

  describe('a user', () => {
    it('who is deactivated is signed out at once on every gateway, and must sign in again after reactivation', async () => {
      const { admin } = await fixture.organization(gateway1);
      const as = admin.accessToken;
      const ben = await fixture.join(gateway1, as, 'dispatcher');
      const phone = await fixture.signIn(gateway2, ben.email);
      for (const gateway of [gateway1, gateway2]) expect(await getStatus(ben.accessToken, gateway)).toBe(200);
      expectStatus(await patch(as, `/v1/users/${ben.userId}`, { active: false }), 200);
      for (const { accessToken } of [ben, phone]) await expectRejectedEverywhere(accessToken);
      for (const { refreshToken } of [ben, phone]) {
        const response = await gateway2.call('POST', '/v1/auth/refresh', { body: { refreshToken } });
        expect(response.status).toBe(401);
      }
      expectStatus(await patch(as, `/v1/users/${ben.userId}`, { active: true }), 200);
      expect(await getStatus(ben.accessToken)).toBe(401);
      expect(await getStatus((await fixture.signIn(gateway1, ben.email)).accessToken)).toBe(200);
    });

    it('who is the last administrator cannot be deactivated or demoted, even if two deactivate each other at the same time', async () => {
      const { admin, apiKey } = await fixture.organization(gateway1);
      const own = `/v1/users/${admin.userId}`;
      for (const body of [{ active: false }, { role: 'partner' }]) {
        const refused = await patch(admin.accessToken, own, body);
        expect(refused).toMatchObject({ status: 422, body: { type: 'urn:delauto:problem:last_admin' } });
      }
      for (let round = 0; round < 3; round += 1) {
        const second = await fixture.join(gateway1, apiKey, 'admin');
        const responses = await Promise.all([
          patch(apiKey, own, { active: false }),
          gateway2.call('PATCH', `/v1/users/${second.userId}`, { as: apiKey, body: { active: false } }),
        ]);
        expect(responses.map(({ status }) => status).sort()).toEqual([200, 422]);
        // Restores the initial state: the first user is the only administrator again.
        expectStatus(await patch(apiKey, own, { active: true }), 200);
        expectStatus(await patch(apiKey, `/v1/users/${second.userId}`, { active: false }), 200);
      }
    });

    it('is changed only if If-Match still matches, and only in fields that may be changed', async () => {
      const { admin } = await fixture.organization(gateway1);
      const as = admin.accessToken;
      const path = `/v1/users/${admin.userId}`;
      const etag = (await gateway1.call('GET', path, { as })).headers.get('etag') ?? '';
      expect(etag).toMatch(/^"\d+"$/);
      expectStatus(await patch(as, path, { name: 'Ana B' }, { 'if-match': etag }), 200);
      expect((await patch(as, path, { name: 'Ana C' }, { 'if-match': etag })).status).toBe(412);
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
      expect(expectStatus(await gateway1.call('GET', path, { as }), 200)).toMatchObject({
        name: 'Ana B',
        role: 'admin',
      });
    });

    it('of another organization is not found', async () => {
      const [own, foreign] = [await fixture.organization(gateway1), await fixture.organization(gateway1)];
      const as = own.admin.accessToken;
      const path = `/v1/users/${foreign.admin.userId}`;
      for (const [method, where] of [
        ['GET', path],
        ['PATCH', path],
        ['GET', `${path}/sessions`],
        ['DELETE', `${path}/sessions`],
      ] as const) {
        const body = method === 'PATCH' ? { body: { active: false } } : {};
        expect((await gateway1.call(method, where, { as, ...body })).status).toBe(404);
      }
      const listed = await gateway1.call('GET', '/v1/users', { as });
      expect(listed.text).toContain(own.email);
      expect(listed.text).not.toContain(foreign.email);
      expect(await getStatus(foreign.admin.accessToken)).toBe(200);
    });

    it('is listed in pages that stay stable while others are added', async () => {
      const { admin } = await fixture.organization(gateway1);
      const as = admin.accessToken;
      const first = await fixture.join(gateway1, as, 'partner');
      const second = await fixture.join(gateway1, as, 'partner');
      const page = expectStatus(await gateway1.call('GET', '/v1/users?limit=1', { as }), 200);
      expect(page).toMatchObject({ items: [{ userId: second.userId }] });
      await fixture.join(gateway1, as, 'partner');
      const next = await gateway1.call('GET', `/v1/users?limit=1&cursor=${String(page['nextCursor'])}`, { as });
      expect(expectStatus(next, 200)).toMatchObject({ items: [{ userId: first.userId }] });
      expect((await gateway1.call('GET', '/v1/users?cursor=bm9uc2Vuc2U', { as })).status).toBe(400);
    });

    it('can be signed out everywhere by an administrator', async () => {
      const { admin } = await fixture.organization(gateway1);
      const ben = await fixture.join(gateway1, admin.accessToken, 'dispatcher');
      const as = admin.accessToken;
      const path = `/v1/users/${ben.userId}/sessions`;
      expect(expectStatus(await gateway1.call('GET', path, { as }), 200)['items']).toHaveLength(1);
      expect(expectStatus(await gateway1.call('DELETE', path, { as }), 200)).toEqual({ revoked: 1 });
      await expectRejectedEverywhere(ben.accessToken);
    });
  });

  describe('an API key', () => {
    it('permits the operations of its scopes, and is shown once', async () => {
      const { admin } = await fixture.organization(gateway1);
      const as = admin.accessToken;
      const { keyId, apiKey } = await newKey(as, { scopes: ['users:read', 'self:read'] });
      expect(await getStatus(apiKey, gateway1, '/v1/users')).toBe(200);
      expect(await getStatus(apiKey, gateway1, '/v1/api-keys')).toBe(403);
      for (const path of [`/v1/api-keys/${keyId}`, '/v1/api-keys']) {
        const response = await gateway1.call('GET', path, { as });
        expect(response.status).toBe(200);
        expect(response.text).not.toContain(apiKey.split('.')[1]);
        expect(response.text).not.toMatch(/sha256|secret/i);
      }
      for (const body of [
        {},
        { scopes: ['users:read'], role: 'admin' },
        { scopes: ['operations:read'] },
        { scopes: [] },
      ]) {
        expect((await gateway1.call('POST', '/v1/api-keys', { as, body: { label: 'x', ...body } })).status).toBe(400);
      }
    });

    it('cannot grant permissions that it lacks, by a key, a role or the rotation of another key', async () => {
      const { admin } = await fixture.organization(gateway1);
      const adminKey = await newKey(admin.accessToken, { role: 'admin' });
      const limitedKey = await newKey(admin.accessToken, { scopes: ['api-keys:write', 'users:write'] });
      const as = limitedKey.apiKey;
      const refused = [
        await gateway1.call('POST', '/v1/api-keys', { as, body: { label: 'x', scopes: ['customers:erase'] } }),
        await gateway1.call('POST', '/v1/api-keys', { as, body: { label: 'x', role: 'admin' } }),
        await gateway1.call('POST', `/v1/api-keys/${adminKey.keyId}/rotation`, { as, body: {} }),
        await gateway1.call('POST', '/v1/invitations', { as, body: { email: fixture.newEmail(), role: 'admin' } }),
        await patch(as, `/v1/users/${admin.userId}`, { role: 'admin' }),
      ];
      expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
      await newKey(as, { scopes: ['users:write'] });
    });

    it('is rotated without interruption: both secrets work during the overlap, then only the new one', async () => {
      const gateway = await fixture.gateway();
      const { admin } = await fixture.organization(gateway);
      const { keyId, apiKey } = await newKey(admin.accessToken, { scopes: ['self:read'] });
      expect(await getStatus(apiKey, gateway)).toBe(200);
      const rotate = async (overlapSeconds: number): Promise<string> => {
        const options = { as: admin.accessToken, body: { overlapSeconds } };
        const response = await gateway.call('POST', `/v1/api-keys/${keyId}/rotation`, options);
        return String(expectStatus(response, 201)['apiKey']);
      };
      const second = await rotate(60);
      for (const key of [apiKey, second]) expect(await getStatus(key, gateway)).toBe(200);
      gateway.advanceClock(61);
      expect(await getStatus(apiKey, gateway)).toBe(401);
      expect(await getStatus(second, gateway)).toBe(200);
      const third = await rotate(0);
      expect(await getStatus(second, gateway)).toBe(401);
      expect(await getStatus(third, gateway)).toBe(200);
    });

    it('is rejected everywhere at once when it has expired or was revoked', async () => {
      const gateway = await fixture.gateway();
      const { admin } = await fixture.organization(gateway);
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      const expiring = await newKey(admin.accessToken, { scopes: ['self:read'], expiresAt });
      expect(await getStatus(expiring.apiKey, gateway)).toBe(200);
      gateway.advanceClock(3_601);
      expect(await getStatus(expiring.apiKey, gateway)).toBe(401);

      const { keyId, apiKey } = await newKey(admin.accessToken, { scopes: ['self:read'] });
      for (const each of [gateway1, gateway2]) expect(await getStatus(apiKey, each)).toBe(200);
      const path = `/v1/api-keys/${keyId}`;
      expect((await gateway1.call('DELETE', path, { as: admin.accessToken })).status).toBe(204);
      await expectRejectedEverywhere(apiKey);
      expect((await gateway1.call('DELETE', path, { as: admin.accessToken })).status).toBe(204);
      const again = await gateway1.call('POST', `${path}/rotation`, { as: admin.accessToken, body: {} });
      expect(again).toMatchObject({ status: 422, body: { type: 'urn:delauto:problem:api_key_revoked' } });
    });

    it('shows when it was last used', async () => {
      const { admin } = await fixture.organization(gateway1);
      const { keyId, apiKey } = await newKey(admin.accessToken, { scopes: ['self:read'] });
      const lastUsedAt = async (): Promise<unknown> =>
        (await gateway1.call('GET', `/v1/api-keys/${keyId}`, { as: admin.accessToken })).body['lastUsedAt'];
      expect(await lastUsedAt()).toBeUndefined();
      await getStatus(apiKey);
      await waitUntil(async () => typeof (await lastUsedAt()) === 'string', {
        what: 'lastUsedAt to be set',
      });
    });
  });

  describe('an organization', () => {
    it('can change only itself, and other apps are notified of the change', async () => {
      const { id, admin } = await fixture.organization(gateway1);
      const foreign = await fixture.organization(gateway1);
      const as = admin.accessToken;
      const path = `/v1/organizations/${id}`;
      const body = { callsFromMinute: 600, dispatcherPhone: '+442079460000', features: { holdoutPercent: 5 } };
      expect(expectStatus(await patch(as, path, body), 200)).toMatchObject({
        callsFromMinute: 600,
        name: 'Acme',
        features: { holdoutPercent: 5, recordCalls: true },
      });
      const event = await waitUntil(
        async () => (await fixture.mesh.published(OrganizationUpdated)).find(({ aggregateId }) => aggregateId === id),
        { what: 'the event' },
      );
      expect(event.actor).toEqual({ kind: 'user', id: admin.userId });
      expect([...event.payload.changed].sort()).toEqual([
        'callsFromMinute',
        'dispatcherPhone',
        'features.holdoutPercent',
      ]);
      expect(expectStatus(await patch(as, path, { dispatcherPhone: null }), 200)).not.toHaveProperty('dispatcherPhone');
      expect((await patch(as, path, { callsUntilMinute: 600 })).status).toBe(400);
      for (const method of ['GET', 'PATCH'] as const) {
        const options = { as, ...(method === 'PATCH' ? { body: { name: 'Mine' } } : {}) };
        expect((await gateway1.call(method, `/v1/organizations/${foreign.id}`, options)).status).toBe(404);
      }
      const listed = await gateway1.call('GET', '/v1/organizations?limit=2', { as: OPERATOR });
      expect(expectStatus(listed, 200)['items']).toMatchObject([
        { organizationId: foreign.id },
        { organizationId: id },
      ]);
      expect(await getStatus(as, gateway1, '/v1/organizations')).toBe(403);
    });
  });

  describe('the audit log', () => {
    it('shows the actor and target of each change (by users, keys and the operator) in the own organization only', async () => {
      const { id, admin, apiKey } = await fixture.organization(gateway1);
      const foreign = await fixture.organization(gateway1);
      const as = admin.accessToken;
      const ben = await fixture.join(gateway1, as, 'dispatcher');
      expectStatus(await patch(apiKey, `/v1/users/${ben.userId}`, { name: 'Benny', active: false }), 200);
      const keyId = apiKey.split('.')[0];
      // Twelve changes of several aggregates, which reach the log in any order.
      const log = await waitUntil(
        async () => {
          const entries = await auditLog(as);
          const isLogged = (action: string): boolean => entries.some((entry) => entry.action === action);
          return (
            entries.length === 12 && ['gateway.user.updated', 'gateway.session.revoked'].every(isLogged) && entries
          );
        },
        { what: 'every change to be in the log' },
      );
      const findEntry = (action: string): AuditEntry | undefined => log.find((entry) => entry.action === action);
      expect(findEntry('gateway.organization.created')).toMatchObject({ actor: { kind: 'operator' }, target: { id } });
      expect(findEntry('gateway.user.updated')).toMatchObject({
        actor: { kind: 'api_key', id: keyId },
        target: { kind: 'user', id: ben.userId },
        changed: ['name', 'active'],
      });
      expect(findEntry('gateway.session.revoked')?.actor).toEqual({ kind: 'api_key', id: keyId });
      expect(JSON.stringify(log)).not.toMatch(new RegExp(`Benny|example\\.com|${PASSWORD}`));

      const byBen = await auditLog(as, `&actorId=${ben.userId}`);
      expect(byBen.length).toBeGreaterThan(0);
      for (const { actor } of byBen) expect(actor).toEqual({ kind: 'user', id: ben.userId });
      expect(await auditLog(as, `&action=gateway.user.updated`)).toHaveLength(1);
      expect((await auditLog(as, `&targetId=${ben.userId}`)).map(({ action }) => action)).toContain(
        'gateway.user.updated',
      );
      expect(await auditLog(as, '&until=2020-01-01T00:00:00Z')).toEqual([]);
      const foreignLog = await auditLog(foreign.admin.accessToken);
      expect(JSON.stringify(foreignLog)).not.toContain(ben.userId);

      const pagedEntries: AuditEntry[] = [];
      for (let cursor = ''; ;) {
        const response = await gateway1.call('GET', `/v1/audit-log?limit=3${cursor}`, { as });
        const { items, nextCursor } = expectStatus(response, 200) as { items: AuditEntry[]; nextCursor?: string };
        pagedEntries.push(...items);
        if (nextCursor === undefined) break;
        cursor = `&cursor=${nextCursor}`;
      }
      expect(pagedEntries).toEqual(await auditLog(as));
      expect(await getStatus(ben.accessToken, gateway1, '/v1/audit-log')).toBe(401);
    });

    it('contains the changes that other apps publish, but no change without an actor', async () => {
      const { id, admin } = await fixture.organization(gateway1);
      const window = { start: '2030-01-01T10:00:00Z', end: '2030-01-01T12:00:00Z' };
      const payload = { deliveryId: 'dlv_a1', reference: 'A-1', customerId: 'cus_1', window };
      await fixture.mesh.publish(DeliveryCreated, { payload, aggregateId: 'dlv_a1', organizationId: id });
      const { keyId } = await newKey(admin.accessToken, { scopes: ['self:read'] });
      await waitUntil(async () => (await auditLog(admin.accessToken, `&targetId=${keyId}`)).length === 1, {
        what: 'the key to be in the log',
      });
      expect(await auditLog(admin.accessToken, '&targetId=dlv_a1')).toEqual([]);
    });
  });

  describe('an agent', () => {
    it('whom routing has deactivated is rejected at once, with every token issued before', async () => {
      const { id } = await fixture.organization(gateway1);
      const { AgentTokens } = await import('../../apps/gateway/src/authentication/authentication.module.js');
      const { parseOrganizationId: organizationId } = await import('#libs/persistence/index.js');
      const issueToken = (agentId: string): string =>
        gateway1.app.get(AgentTokens).issue(organizationId(id), agentId).token;
      const [deactivatedToken, activeToken] = [issueToken('agt_deactivated'), issueToken('agt_active')];
      for (const each of [deactivatedToken, activeToken]) expect(await getStatus(each)).toBe(200);
      const event = { payload: { agentId: 'agt_deactivated' }, aggregateId: 'agt_deactivated', organizationId: id };
      await fixture.mesh.publish(AgentDeactivated, { ...event, occurredAt: new Date(Date.now() + 1_000) });
      await waitUntil(async () => (await getStatus(deactivatedToken)) === 401, {
        what: 'the agent to be rejected',
      });
      await expectRejectedEverywhere(deactivatedToken);
      expect(await getStatus(activeToken)).toBe(200);
    });
  });
});
