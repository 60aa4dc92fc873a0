import jwt from 'jsonwebtoken';
import { connectObserver } from '#libs/testing/servers/index.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { forgeToken } from '../front-door/tokens.js';
import { BOOT_MS, expectStatus, IdentityFixture, JWT_SECRET, PASSWORD, type Gateway } from './identity-fixture.js';

const WRONG_PASSWORD = 'not the right password';

describe('sessions', () => {
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

  const getSelfStatus = async (as: string, gateway = gateway1): Promise<number> =>
    (await gateway.call('GET', '/v1/auth/me', { as })).status;
  const refresh = (refreshToken: string, gateway = gateway1): ReturnType<Gateway['call']> =>
    gateway.call('POST', '/v1/auth/refresh', { body: { refreshToken } });
  const login = (email: string, password: string, gateway = gateway1): ReturnType<Gateway['call']> =>
    gateway.call('POST', '/v1/auth/login', { body: { email, password } });
  const expectRejectedEverywhere = async (as: string): Promise<void> => {
    expect(await getSelfStatus(as, gateway1)).toBe(401);
    await waitUntil(async () => (await getSelfStatus(as, gateway2)) === 401, {
      what: 'the other gateway to reject the token',
    });
  };

  describe('require an invitation:', () => {
    it('the operator invites the first administrator, and no one can register', async () => {
      const { id, email, admin } = await fixture.organization(gateway1);
      const me = expectStatus(await gateway1.call('GET', '/v1/auth/me', { as: admin.accessToken }), 200);
      expect(me).toMatchObject({ role: 'admin', organizationId: id, user: { email, name: 'Ana Admin', active: true } });
      const body = { email: 'mallory@example.com', name: 'M', password: PASSWORD, role: 'admin', organizationId: id };
      for (const path of ['/v1/users', '/v1/auth/register', '/v1/invitations']) {
        expect([401, 404, 405]).toContain((await gateway1.call('POST', path, { body })).status);
      }
      const accepted = await gateway1.call('POST', '/v1/invitations/accept', {
        body: { token: `inv_${'0'.repeat(24)}.${'A'.repeat(43)}`, name: 'M', password: PASSWORD },
      });
      expect(accepted).toMatchObject({ status: 422, body: { type: 'urn:delauto:problem:invitation_invalid' } });
    });

    it('accepting an invitation creates the invited user, and any extra field is rejected', async () => {
      const { admin } = await fixture.organization(gateway1);
      const email = fixture.newEmail();
      const input = { email: email.toUpperCase(), role: 'dispatcher' };
      const invited = await gateway1.call('POST', '/v1/invitations', { as: admin.accessToken, body: input });
      const { token } = expectStatus(invited, 201);
      for (const extra of [{ role: 'admin' }, { organizationId: 'org_other' }, { email: 'other@example.com' }]) {
        const body = { token, name: 'B', password: PASSWORD, ...extra };
        expect((await gateway1.call('POST', '/v1/invitations/accept', { body })).status).toBe(400);
      }
      for (const password of ['too short', email.toUpperCase()]) {
        const body = { token, name: 'B', password };
        expect((await gateway1.call('POST', '/v1/invitations/accept', { body })).status).toBe(400);
      }
      const body = { token, name: 'B', password: PASSWORD };
      const users = await Promise.all([1, 2].map(() => gateway1.call('POST', '/v1/invitations/accept', { body })));
      expect(users.map(({ status }) => status).sort()).toEqual([201, 422]);
      expect(users.find(({ status }) => status === 201)?.body).toMatchObject({ email, role: 'dispatcher' });
    });

    it('an invitation ends when it is withdrawn, or after seven days', async () => {
      const { admin } = await fixture.organization(gateway1);
      const as = admin.accessToken;
      const invite = async (): Promise<{ invitationId: string; token: string }> =>
        expectStatus(
          await gateway1.call('POST', '/v1/invitations', { as, body: { email: fixture.newEmail(), role: 'partner' } }),
          201,
        ) as never;
      const accept = async (token: string, gateway: Gateway): Promise<number> =>
        (await gateway.call('POST', '/v1/invitations/accept', { body: { token, name: 'C', password: PASSWORD } }))
          .status;
      const withdrawn = await invite();
      expect((await gateway1.call('DELETE', `/v1/invitations/${withdrawn.invitationId}`, { as })).status).toBe(204);
      expect(await accept(withdrawn.token, gateway1)).toBe(422);
      const expired = await invite();
      const later = await fixture.gateway();
      later.advanceClock(7 * 86_400 + 1);
      expect(await accept(expired.token, later)).toBe(422);
      const { items } = expectStatus(await gateway1.call('GET', '/v1/invitations', { as }), 200) as { items: object[] };
      expect(items).toMatchObject([{ state: 'open' }, { state: 'withdrawn' }, { state: 'accepted' }]);
      expect(JSON.stringify(items)).not.toMatch(/token|secret/i);
    });
  });

  describe('are authenticated by access tokens', () => {
    it('of the gateway only: other algorithms, secrets, audiences and validity periods are rejected', async () => {
      const { admin } = await fixture.organization(gateway1);
      const forge = (forgery: object): string => forgeToken(admin.accessToken, { secret: JWT_SECRET, ...forgery });
      expect(await getSelfStatus(forge({}))).toBe(200);
      const now = Math.floor(Date.now() / 1000);
      for (const forged of [
        forge({ header: { alg: 'none' }, signature: '' }),
        forge({ header: { alg: 'HS512' }, hash: 'sha512' }),
        forge({ secret: 'another secret of thirty-two bytes or more' }),
        forge({ header: { kid: 'unknown' } }),
        forge({ claims: { exp: now - 1 } }),
        forge({ claims: { aud: 'delauto-agent', sub: undefined } }),
        forge({ claims: { iss: 'another-issuer' } }),
        forge({ claims: { org: 'org_other' } }),
        forge({ claims: { sub: 'usr_other' } }),
        forge({ claims: { sid: 'ses_other' } }),
      ]) {
        expect(await getSelfStatus(forged)).toBe(401);
      }
    });

    it('whose permissions are those of the user’s current role', async () => {
      const { admin, apiKey } = await fixture.organization(gateway1);
      const forged = forgeToken(admin.accessToken, { secret: JWT_SECRET, claims: { role: 'operator' } });
      expect((await gateway1.call('GET', '/v1/organizations', { as: forged })).status).toBe(403);
      const ben = await fixture.join(gateway1, admin.accessToken, 'admin');
      expect((await gateway2.call('GET', '/v1/users', { as: ben.accessToken })).status).toBe(200);
      const body = { role: 'partner' };
      expectStatus(await gateway1.call('PATCH', `/v1/users/${ben.userId}`, { as: apiKey, body }), 200);
      expect((await gateway1.call('GET', '/v1/users', { as: ben.accessToken })).status).toBe(403);
      await waitUntil(async () => (await gateway2.call('GET', '/v1/users', { as: ben.accessToken })).status === 403, {
        what: 'the other gateway to see the new role',
      });
      expect(await getSelfStatus(ben.accessToken, gateway2)).toBe(200);
    });

    it('while the secret is rotated: tokens signed with the previous secret are valid until it is removed', async () => {
      const { admin } = await fixture.organization(gateway1);
      const JWT_SECRET_NEW = 'the next jwt secret of this test 0123456789';
      const rotated = await fixture.gateway({ JWT_SECRET: JWT_SECRET_NEW, JWT_SECRETS_PREVIOUS: JWT_SECRET });
      expect(await getSelfStatus(admin.accessToken, rotated)).toBe(200);
      const renewed = expectStatus(await refresh(admin.refreshToken, rotated), 200);
      const { accessToken, refreshToken } = renewed as { accessToken: string; refreshToken: string };
      expect(() => jwt.verify(accessToken, JWT_SECRET_NEW)).not.toThrow();
      expect(await getSelfStatus(accessToken, rotated)).toBe(200);
      const withoutPrevious = await fixture.gateway({ JWT_SECRET: JWT_SECRET_NEW });
      expect(await getSelfStatus(admin.accessToken, withoutPrevious)).toBe(401);
      expect(await getSelfStatus(accessToken, withoutPrevious)).toBe(200);
      expectStatus(await refresh(refreshToken, withoutPrevious), 200);
    });

    it('that are valid for 15 minutes', async () => {
      const gateway = await fixture.gateway();
      const { admin } = await fixture.organization(gateway);
      gateway.advanceClock(14 * 60);
      expect(await getSelfStatus(admin.accessToken, gateway)).toBe(200);
      gateway.advanceClock(61);
      expect(await getSelfStatus(admin.accessToken, gateway)).toBe(401);
      expectStatus(await refresh(admin.refreshToken, gateway), 200);
    });
  });

  describe('are refreshed', () => {
    it('by a single-use token; a repeated request gets the same response', async () => {
      const { admin } = await fixture.organization(gateway1);
      const responses = await Promise.all(
        [gateway1, gateway2, gateway1].map((gateway) => refresh(admin.refreshToken, gateway)),
      );
      const tokens = responses.map((response) => expectStatus(response, 200)['refreshToken']);
      expect(new Set(tokens).size).toBe(1);
      expect(tokens[0]).not.toBe(admin.refreshToken);
    });

    it('never by a token that was used before: the session and its access token are then revoked everywhere', async () => {
      const gateway = await fixture.gateway();
      const { admin } = await fixture.organization(gateway);
      const second = expectStatus(await refresh(admin.refreshToken, gateway), 200);
      const accessToken = String(second['accessToken']);
      expect(await getSelfStatus(accessToken, gateway2)).toBe(200);
      gateway.advanceClock(11);
      expect(await refresh(admin.refreshToken, gateway)).toMatchObject({ status: 401 });
      expect((await refresh(String(second['refreshToken']), gateway)).status).toBe(401);
      await expectRejectedEverywhere(accessToken);
    });

    it('not by a forged token, which does not revoke the session', async () => {
      const { admin } = await fixture.organization(gateway1);
      const [head = '', generation = ''] = admin.refreshToken.split('.');
      for (const inventedToken of [
        'nonsense',
        `${head}.${generation}.${'A'.repeat(43)}`,
        `${head}.7.${'A'.repeat(43)}`,
        `${admin.refreshToken}x`,
      ]) {
        expect(await refresh(inventedToken)).toMatchObject({
          status: 401,
          body: { type: 'urn:delauto:problem:session_ended' },
        });
      }
      expectStatus(await refresh(admin.refreshToken), 200);
    });

    it('until two weeks have passed without a refresh', async () => {
      const gateway = await fixture.gateway();
      const { admin } = await fixture.organization(gateway);
      gateway.advanceClock(14 * 86_400);
      expect((await refresh(admin.refreshToken, gateway)).status).toBe(401);
    });
  });

  describe('end', () => {
    it('at sign-out, on this device only', async () => {
      const { admin, email } = await fixture.organization(gateway1);
      const phone = await fixture.signIn(gateway2, email);
      expect(await getSelfStatus(admin.accessToken, gateway2)).toBe(200);
      const body = { refreshToken: admin.refreshToken };
      expect((await gateway1.call('POST', '/v1/auth/logout', { body })).status).toBe(204);
      await expectRejectedEverywhere(admin.accessToken);
      expect((await refresh(admin.refreshToken)).status).toBe(401);
      expect(await getSelfStatus(phone.accessToken)).toBe(200);
      expect((await gateway1.call('POST', '/v1/auth/logout', { body: { refreshToken: 'nonsense' } })).status).toBe(204);
    });

    it('when their owner revokes one or all others, but not another user’s', async () => {
      const { admin, email } = await fixture.organization(gateway1);
      const [laptop, phone, tablet] = [
        admin,
        await fixture.signIn(gateway1, email),
        await fixture.signIn(gateway1, email),
      ];
      const as = laptop.accessToken;
      const page = expectStatus(await gateway1.call('GET', '/v1/auth/sessions?limit=2', { as }), 200);
      const { items, nextCursor } = page as { items: object[]; nextCursor: string };
      expect(items).toMatchObject([
        { sessionId: tablet.sessionId, current: false },
        { sessionId: phone.sessionId, current: false },
      ]);
      const nextPage = expectStatus(await gateway1.call('GET', `/v1/auth/sessions?cursor=${nextCursor}`, { as }), 200);
      expect(nextPage).toMatchObject({ items: [{ sessionId: laptop.sessionId, current: true }] });
      const otherUser = (await fixture.organization(gateway1)).admin;
      const path = `/v1/auth/sessions/${phone.sessionId}`;
      expect((await gateway1.call('DELETE', path, { as: otherUser.accessToken })).status).toBe(404);
      expect((await gateway1.call('DELETE', path, { as })).status).toBe(204);
      await expectRejectedEverywhere(phone.accessToken);
      expect(await gateway1.call('DELETE', '/v1/auth/sessions', { as })).toMatchObject({ body: { revoked: 1 } });
      await expectRejectedEverywhere(tablet.accessToken);
      expect(await getSelfStatus(as)).toBe(200);
    });

    it('on other devices when the password is changed, which requires the current one', async () => {
      const { admin, email } = await fixture.organization(gateway1);
      const phone = await fixture.signIn(gateway1, email);
      const as = admin.accessToken;
      const change = (currentPassword: string, newPassword: string): ReturnType<Gateway['call']> =>
        gateway1.call('POST', '/v1/auth/password', { as, body: { currentPassword, newPassword } });
      expect((await change(WRONG_PASSWORD, 'another good password')).status).toBe(422);
      expect((await change(PASSWORD, email)).status).toBe(400);
      expect((await change(PASSWORD, 'another good password')).status).toBe(204);
      await expectRejectedEverywhere(phone.accessToken);
      expect(await getSelfStatus(as)).toBe(200);
      expect((await login(email, PASSWORD)).status).toBe(401);
      expect((await login(email, 'another good password')).status).toBe(200);
    });
  });

  describe('begin', () => {
    it('never with a wrong password, and the response does not reveal whether the user is unknown or inactive', async () => {
      const { admin, apiKey } = await fixture.organization(gateway1);
      const ben = await fixture.join(gateway1, admin.accessToken, 'dispatcher');
      expectStatus(
        await gateway1.call('PATCH', `/v1/users/${ben.userId}`, { as: apiKey, body: { active: false } }),
        200,
      );
      const email = (await fixture.organization(gateway1)).email;
      const responses = await Promise.all([
        login('unknown@example.com', WRONG_PASSWORD),
        login(email, WRONG_PASSWORD),
        login(ben.email, PASSWORD),
      ]);
      const problems = responses.map(({ status, body: { traceId: _traceId, instance: _instance, ...body } }) => ({
        status,
        body,
      }));
      expect(problems[0]).toMatchObject({ status: 401, body: { type: 'urn:delauto:problem:sign_in_failed' } });
      expect(problems[1]).toEqual(problems[0]);
      expect(problems[2]).toEqual(problems[0]);
    });

    it('after failures only with a delay that doubles, for known and unknown email addresses alike, and survives a restart', async () => {
      const gateway = await fixture.gateway();
      const { email } = await fixture.organization(gateway);
      for (const triedEmail of [email, fixture.newEmail()]) {
        for (let n = 0; n < 5; n += 1) expect((await login(triedEmail, WRONG_PASSWORD, gateway)).status).toBe(401);
        const limited = await login(triedEmail, PASSWORD, gateway);
        expect(limited).toMatchObject({ status: 429, body: { type: 'urn:delauto:problem:too_many_tries' } });
        expect(Number(limited.headers.get('retry-after'))).toBeGreaterThanOrEqual(13);
      }
      // The delay is stored: it applies at another gateway, and would apply at this one after a restart.
      expect((await login(email, PASSWORD, await fixture.gateway())).status).toBe(429);
      gateway.advanceClock(16);
      expect((await login(email, WRONG_PASSWORD, gateway)).status).toBe(401);
      const second = await login(email, PASSWORD, gateway);
      expect(second.status).toBe(429);
      expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(16);
      gateway.advanceClock(31);
      // No email address is locked out permanently: waiting is enough, and a success resets the delay.
      expect((await login(email, PASSWORD, gateway)).status).toBe(200);
      expect((await login(email, WRONG_PASSWORD, gateway)).status).toBe(401);
      expect((await login(email, PASSWORD, gateway)).status).toBe(200);
    });

    it('with the same delay when many attempts are made at once', async () => {
      const { email } = await fixture.organization(gateway1);
      const responses = await Promise.all(Array.from({ length: 20 }, () => login(email, WRONG_PASSWORD)));
      expect(responses.filter(({ status }) => status === 401)).toHaveLength(5);
      expect(responses.filter(({ status }) => status === 429)).toHaveLength(15);
    });

    it('with a new session id, so that a session cannot be fixated', async () => {
      const { email, admin } = await fixture.organization(gateway1);
      const fixationAttempt = await gateway1.call('POST', '/v1/auth/login', {
        as: admin.accessToken,
        headers: { cookie: `sid=${admin.sessionId}`, 'x-session-id': admin.sessionId },
        body: { email, password: PASSWORD },
      });
      expect(expectStatus(fixationAttempt, 200)['sessionId']).not.toBe(admin.sessionId);
      const body = { email, password: PASSWORD, sessionId: admin.sessionId };
      expect((await gateway1.call('POST', '/v1/auth/login', { body })).status).toBe(400);
    });

    it('without storing or returning any usable secret', async () => {
      const { admin, email } = await fixture.organization(gateway1);
      const connection = await connectObserver(fixture.servers.mongo.uri, 'gateway');
      try {
        const rows = await Promise.all(
          ['users', 'sessions', 'invitations', 'apiKeys', 'auditEntries', 'outbox'].map((name) =>
            connection.collection(name).find().toArray(),
          ),
        );
        const stored = JSON.stringify(rows);
        expect(stored).toContain(email);
        for (const secret of [
          PASSWORD,
          admin.refreshToken,
          admin.refreshToken.split('.')[2] ?? '',
          admin.accessToken,
        ]) {
          expect(stored).not.toContain(secret);
        }
        expect(JSON.stringify(rows[0])).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
      } finally {
        await connection.close();
      }
      const users = await gateway1.call('GET', '/v1/users', { as: admin.accessToken });
      expect(users.status).toBe(200);
      expect(users.text).not.toMatch(/argon2|hash|password|salt|sha256/i);
    });
  });
});
