import { io } from 'socket.io-client';
import type { HttpResponse } from '../front-door/http-call.js';
import { invite, join, newPassword, signIn, type Person } from '../front-door/people.js';
import { readState } from '../front-door/read-state.js';
import type { Scene } from './scene.js';

/** The number of wrong passwords without a delay. */
const UNDELAYED_ATTEMPTS = 5;

export function sessions(scene: () => Scene): void {
  const post = (path: string, body: unknown, as?: string): Promise<HttpResponse> =>
    scene().product.call('POST', path, { body, as });
  const refresh = (refreshToken: string): Promise<HttpResponse> => post('/v1/auth/refresh', { refreshToken });
  const getStatus = async (as: string): Promise<number> =>
    (await scene().product.call('GET', '/v1/auth/me', { as })).status;

  /** A new user, whose secrets must not occur in any log afterwards. */
  async function newUser(role: 'admin' | 'dispatcher' | 'partner' = 'dispatcher'): Promise<Person> {
    const person = await join(scene().own, role);
    const { secrets } = scene();
    secrets.set(`password of ${person.email}`, person.password);
    secrets.set(`access token of ${person.email}`, person.accessToken);
    secrets.set(`refresh token of ${person.email}`, person.refreshToken);
    return person;
  }

  describe('sessions', () => {
    it('a refresh token that is used twice revokes the session, for thief and owner', async () => {
      const { accessToken, refreshToken } = await newUser();
      const second = await refresh(refreshToken);
      const third = await refresh(String(second.body['refreshToken']));
      expect([second.status, third.status]).toEqual([200, 200]);
      expect(await getStatus(String(third.body['accessToken']))).toBe(200);
      expect((await refresh(refreshToken)).status).toBe(401);
      expect((await refresh(String(third.body['refreshToken']))).status).toBe(401);
      for (const token of [accessToken, second.body['accessToken'], third.body['accessToken']]) {
        expect(await getStatus(String(token))).toBe(401);
      }
    });

    it('session fixation is impossible: signing in creates a new session, whatever the request contains', async () => {
      const { product, own } = scene();
      const person = await newUser();
      const { email, password, sessionId } = person;
      expect((await post('/v1/auth/login', { email, password, sessionId })).status).toBe(400);
      const headers = {
        cookie: `sid=${sessionId}; session=${sessionId}; connect.sid=${sessionId}`,
        'x-session-id': sessionId,
        authorization: `Bearer ${person.accessToken}`,
      };
      const response = await product.call('POST', `/v1/auth/login`, { body: { email, password }, headers });
      expect(response.status).toBe(200);
      expect(response.body['sessionId']).not.toBe(sessionId);
      expect(response.headers.get('set-cookie')).toBeNull();
      expect((await signIn(own, person)).sessionId).not.toBe(response.body['sessionId']);
    });

    it('tokens of one kind are rejected where another kind is required', async () => {
      const { accessToken, refreshToken } = await newUser();
      const { own } = scene();
      expect(await getStatus(refreshToken)).toBe(401);
      expect((await refresh(accessToken)).status).toBeGreaterThanOrEqual(400);
      expect((await refresh(own.adminKey)).status).toBeGreaterThanOrEqual(400);
      const { token } = await invite(own, 'partner');
      expect(await getStatus(token)).toBe(401);
      expect((await refresh(token)).status).toBe(401);
    });

    it('sign-out, a password change and deactivation end access at once, on open sockets too', async () => {
      const { product, own } = scene();
      const signedOut = await newUser();
      expect((await post('/v1/auth/logout', { refreshToken: signedOut.refreshToken })).status).toBe(204);
      expect(await getStatus(signedOut.accessToken)).toBe(401);
      expect((await refresh(signedOut.refreshToken)).status).toBe(401);

      const passwordChanger = await newUser();
      const otherSession = await signIn(own, passwordChanger);
      const change = { currentPassword: passwordChanger.password, newPassword: scene().secret('new password') };
      expect((await post('/v1/auth/password', change, passwordChanger.accessToken)).status).toBe(204);
      expect(await getStatus(otherSession.accessToken)).toBe(401);

      const deactivated = await newUser();
      const socket = io(product.url, {
        auth: { token: deactivated.accessToken },
        transports: ['websocket'],
        reconnection: false,
      });
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', () => resolve());
        socket.once('connect_error', reject);
      });
      const closed = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()));
      await own.requestAsAdmin('PATCH', `/v1/users/${deactivated.userId}`, { active: false });
      expect(await getStatus(deactivated.accessToken)).toBe(401);
      expect((await refresh(deactivated.refreshToken)).status).toBe(401);
      await closed;
      expect((await post('/v1/auth/login', { email: deactivated.email, password: deactivated.password })).status).toBe(
        401,
      );
    });
  });

  describe('privilege escalation is impossible:', () => {
    it('only the inviter sets an invitation’s role, organization and email address, and it is accepted once', async () => {
      const { own, foreign } = scene();
      const { token } = await invite(own, 'partner');
      const acceptance = { token, name: 'Mallory', password: newPassword() };
      for (const extra of [{ role: 'admin' }, { organizationId: foreign.organizationId }, { email: 'm@example.com' }]) {
        const response = await post('/v1/invitations/accept', { ...acceptance, ...extra });
        expect(response.status).toBe(400);
        expect(response.body['errors']).toMatchObject([{ path: Object.keys(extra)[0] }]);
      }
      expect((await post('/v1/invitations/accept', acceptance)).status).toBe(201);
      const before = await readState(scene().product);
      for (const invalidToken of [token, `${token.slice(0, -3)}AAA`, 'nonsense']) {
        expect(
          (await post('/v1/invitations/accept', { ...acceptance, token: invalidToken })).status,
        ).toBeGreaterThanOrEqual(400);
      }
      expect(await readState(scene().product)).toEqual(before);
    });

    it('a dispatcher, a partner and a key with some scopes cannot grant themselves or others more permissions', async () => {
      const { product, own } = scene();
      const [dispatcher, partner] = [await newUser('dispatcher'), await newUser('partner')];
      const { apiKey } = await own.requestAsAdmin('POST', '/v1/api-keys', {
        label: 'half',
        scopes: ['users:write', 'api-keys:write'],
      });
      const before = await readState(product);
      for (const { userId, accessToken } of [dispatcher, partner]) {
        const changed = await product.call('PATCH', `/v1/users/${userId}`, {
          as: accessToken,
          body: { role: 'admin' },
        });
        expect(changed.status).toBe(403);
        expect((await post('/v1/api-keys', { label: 'x', role: 'admin' }, accessToken)).status).toBe(403);
        expect((await post('/v1/invitations', { email: 'm@example.com', role: 'admin' }, accessToken)).status).toBe(
          403,
        );
      }
      const key = String(apiKey);
      const promotion = await product.call('PATCH', `/v1/users/${partner.userId}`, {
        as: key,
        body: { role: 'admin' },
      });
      expect(promotion.status).toBe(403);
      expect((await post('/v1/api-keys', { label: 'x', role: 'admin' }, key)).status).toBe(403);
      expect((await post('/v1/invitations', { email: 'm@example.com', role: 'admin' }, key)).status).toBe(403);
      expect(await readState(product)).toEqual(before);
    });

    it('internal fields of a user can be set neither by the user nor by an administrator', async () => {
      const { product, own } = scene();
      const { userId } = await newUser();
      const fields = { passwordHash: 'x', organizationId: 'org_1', revision: 9, email: 'x@example.com', _id: 'usr_1' };
      const response = await product.call('PATCH', `/v1/users/${userId}`, { as: own.adminKey, body: fields });
      expect(response.status).toBe(400);
      const rejectedFields = (response.body['errors'] as { path: string }[]).map(({ path }) => path);
      expect(rejectedFields.sort()).toEqual(Object.keys(fields).sort());
    });
  });

  describe('enumeration is impossible:', () => {
    const withoutRequestIds = ({ status, body }: HttpResponse): unknown => {
      const { traceId: _traceId, instance: _instance, ...otherFields } = body;
      return { status, ...otherFields };
    };
    const login = (email: string, password: string): Promise<HttpResponse> =>
      post('/v1/auth/login', { email, password });

    it('an unknown email address and a wrong password get the same response after similar work', async () => {
      const { own } = scene();
      const durationsMs = { known: [] as number[], unknown: [] as number[] };
      for (let round = 0; round < 4; round += 1) {
        const { email } = await newUser();
        const wrongPassword = scene().secret(`wrong password ${round}`);
        const began = performance.now();
        const known = await login(email, wrongPassword);
        const between = performance.now();
        const unknown = await login(`unknown${round}@${own.marker}.example.com`, wrongPassword);
        durationsMs.known.push(between - began);
        durationsMs.unknown.push(performance.now() - between);
        expect(known.status).toBe(401);
        expect(withoutRequestIds(unknown)).toEqual(withoutRequestIds(known));
      }
      // Compares a ratio and not a duration: without hashing a password, a response is tens of times faster.
      expect(Math.max(...durationsMs.unknown)).toBeGreaterThan(Math.min(...durationsMs.known) / 4);
    });

    it('guessing is delayed, even with the right password, and equally for an unknown email address', async () => {
      const { email, password } = await newUser();
      const unknownEmail = `unknown.user@${scene().own.marker}.example.com`;
      for (const triedEmail of [email, unknownEmail]) {
        for (let attempt = 0; attempt < UNDELAYED_ATTEMPTS + 1; attempt += 1)
          await login(triedEmail, 'a wrong password');
        const response = await login(triedEmail, password);
        expect(response.status).toBe(429);
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      const other = await newUser();
      expect((await login(other.email, other.password)).status).toBe(200);
    });

    it('another organization’s object and an unknown one get the same response', async () => {
      const { product, foreign, completedDelivery } = scene();
      const known = String(completedDelivery['deliveryId']);
      const unknownId = `${known.slice(0, -4)}0000`;
      const paths = ['deliveries/', 'deliveries/%/timeline'].map((path) => (path.includes('%') ? path : `${path}%`));
      for (const path of paths) {
        const readForeign = (id: string): Promise<HttpResponse> =>
          product.call('GET', `/v1/${path.replace('%', id)}`, { as: foreign.adminKey });
        const [foreignObject, unknownObject] = [await readForeign(known), await readForeign(unknownId)];
        expect(JSON.stringify(withoutRequestIds(foreignObject)).replaceAll(known, 'id')).toBe(
          JSON.stringify(withoutRequestIds(unknownObject)).replaceAll(unknownId, 'id'),
        );
        expect(foreignObject.status).toBe(404);
      }
    });
  });
}
