import { io } from 'socket.io-client';
import type { Answer } from '../front-door/http-call.js';
import { invite, join, newPassword, signIn, type Person } from '../front-door/people.js';
import { stateOf } from '../front-door/unchanged.js';
import type { Scene } from './scene.js';

/** How often somebody may mistype before they must wait. */
const FREE_TRIES = 5;

export function sessions(scene: () => Scene): void {
  const post = (path: string, body: unknown, as?: string): Promise<Answer> =>
    scene().door.call('POST', path, { body, as });
  const refresh = (refreshToken: string): Promise<Answer> => post('/v1/auth/refresh', { refreshToken });
  const statusOf = async (as: string): Promise<number> =>
    (await scene().door.call('GET', '/v1/auth/me', { as })).status;

  /** Somebody new, whose secrets may be in no log afterwards. */
  async function somebody(role: 'admin' | 'dispatcher' | 'partner' = 'dispatcher'): Promise<Person> {
    const person = await join(scene().own, role);
    const { secrets } = scene();
    secrets.set(`password of ${person.email}`, person.password);
    secrets.set(`access token of ${person.email}`, person.accessToken);
    secrets.set(`refresh token of ${person.email}`, person.refreshToken);
    return person;
  }

  describe('sessions', () => {
    it('a refresh token spent twice ends the session: the thief’s tokens and the owner’s', async () => {
      const { accessToken, refreshToken } = await somebody();
      const second = await refresh(refreshToken);
      const third = await refresh(String(second.body['refreshToken']));
      expect([second.status, third.status]).toEqual([200, 200]);
      expect(await statusOf(String(third.body['accessToken']))).toBe(200);
      expect((await refresh(refreshToken)).status).toBe(401);
      expect((await refresh(String(third.body['refreshToken']))).status).toBe(401);
      for (const token of [accessToken, second.body['accessToken'], third.body['accessToken']]) {
        expect(await statusOf(String(token))).toBe(401);
      }
    });

    it('nobody chooses a session beforehand: signing in makes a new one, whatever is sent along', async () => {
      const { door, own } = scene();
      const person = await somebody();
      const { email, password, sessionId } = person;
      expect((await post('/v1/auth/login', { email, password, sessionId })).status).toBe(400);
      const headers = {
        cookie: `sid=${sessionId}; session=${sessionId}; connect.sid=${sessionId}`,
        'x-session-id': sessionId,
        authorization: `Bearer ${person.accessToken}`,
      };
      const answer = await door.call('POST', `/v1/auth/login`, { body: { email, password }, headers });
      expect(answer.status).toBe(200);
      expect(answer.body['sessionId']).not.toBe(sessionId);
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect((await signIn(own, person)).sessionId).not.toBe(answer.body['sessionId']);
    });

    it('one kind of token is not taken for another', async () => {
      const { accessToken, refreshToken } = await somebody();
      const { own } = scene();
      expect(await statusOf(refreshToken)).toBe(401);
      expect((await refresh(accessToken)).status).toBeGreaterThanOrEqual(400);
      expect((await refresh(own.adminKey)).status).toBeGreaterThanOrEqual(400);
      const { token } = await invite(own, 'partner');
      expect(await statusOf(token)).toBe(401);
      expect((await refresh(token)).status).toBe(401);
    });

    it('signing out, another password and deactivation end access at once, on open sockets too', async () => {
      const { door, own } = scene();
      const leaving = await somebody();
      expect((await post('/v1/auth/logout', { refreshToken: leaving.refreshToken })).status).toBe(204);
      expect(await statusOf(leaving.accessToken)).toBe(401);
      expect((await refresh(leaving.refreshToken)).status).toBe(401);

      const careful = await somebody();
      const elsewhere = await signIn(own, careful);
      const change = { currentPassword: careful.password, newPassword: scene().secret('new password') };
      expect((await post('/v1/auth/password', change, careful.accessToken)).status).toBe(204);
      expect(await statusOf(elsewhere.accessToken)).toBe(401);

      const dismissed = await somebody();
      const socket = io(door.url, {
        auth: { token: dismissed.accessToken },
        transports: ['websocket'],
        reconnection: false,
      });
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', () => resolve());
        socket.once('connect_error', reject);
      });
      const closed = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()));
      await own.make('PATCH', `/v1/users/${dismissed.userId}`, { active: false });
      expect(await statusOf(dismissed.accessToken)).toBe(401);
      expect((await refresh(dismissed.refreshToken)).status).toBe(401);
      await closed;
      expect((await post('/v1/auth/login', { email: dismissed.email, password: dismissed.password })).status).toBe(401);
    });
  });

  describe('nobody makes themselves more than they are', () => {
    it('an invitation’s role, organisation and address are the inviter’s to say; it is taken once', async () => {
      const { own, foreign } = scene();
      const { token } = await invite(own, 'partner');
      const acceptance = { token, name: 'Mallory', password: newPassword() };
      for (const extra of [{ role: 'admin' }, { organizationId: foreign.organizationId }, { email: 'm@example.com' }]) {
        const answer = await post('/v1/invitations/accept', { ...acceptance, ...extra });
        expect(answer.status).toBe(400);
        expect(answer.body['errors']).toMatchObject([{ path: Object.keys(extra)[0] }]);
      }
      expect((await post('/v1/invitations/accept', acceptance)).status).toBe(201);
      const before = await stateOf(scene().door);
      for (const used of [token, `${token.slice(0, -3)}AAA`, 'nonsense']) {
        expect((await post('/v1/invitations/accept', { ...acceptance, token: used })).status).toBeGreaterThanOrEqual(
          400,
        );
      }
      expect(await stateOf(scene().door)).toEqual(before);
    });

    it('a dispatcher, a partner and a key with half the scopes cannot raise themselves or others', async () => {
      const { door, own } = scene();
      const [dispatcher, partner] = [await somebody('dispatcher'), await somebody('partner')];
      const { apiKey } = await own.make('POST', '/v1/api-keys', {
        label: 'half',
        scopes: ['users:write', 'api-keys:write'],
      });
      const before = await stateOf(door);
      for (const { userId, accessToken } of [dispatcher, partner]) {
        const changed = await door.call('PATCH', `/v1/users/${userId}`, { as: accessToken, body: { role: 'admin' } });
        expect(changed.status).toBe(403);
        expect((await post('/v1/api-keys', { label: 'x', role: 'admin' }, accessToken)).status).toBe(403);
        expect((await post('/v1/invitations', { email: 'm@example.com', role: 'admin' }, accessToken)).status).toBe(
          403,
        );
      }
      const key = String(apiKey);
      const raised = await door.call('PATCH', `/v1/users/${partner.userId}`, { as: key, body: { role: 'admin' } });
      expect(raised.status).toBe(403);
      expect((await post('/v1/api-keys', { label: 'x', role: 'admin' }, key)).status).toBe(403);
      expect((await post('/v1/invitations', { email: 'm@example.com', role: 'admin' }, key)).status).toBe(403);
      expect(await stateOf(door)).toEqual(before);
    });

    it('what a user is made of is not theirs, or an administrator’s, to write', async () => {
      const { door, own } = scene();
      const { userId } = await somebody();
      const fields = { passwordHash: 'x', organizationId: 'org_1', revision: 9, email: 'x@example.com', _id: 'usr_1' };
      const answer = await door.call('PATCH', `/v1/users/${userId}`, { as: own.adminKey, body: fields });
      expect(answer.status).toBe(400);
      const named = (answer.body['errors'] as { path: string }[]).map(({ path }) => path);
      expect(named.sort()).toEqual(Object.keys(fields).sort());
    });
  });

  describe('nobody learns who is here', () => {
    const withoutItsOwn = ({ status, body }: Answer): unknown => {
      const { traceId: _trace, instance: _instance, ...rest } = body;
      return { status, ...rest };
    };
    const login = (email: string, password: string): Promise<Answer> => post('/v1/auth/login', { email, password });

    it('an unknown address and a wrong password are answered alike, after like work', async () => {
      const { own } = scene();
      const spent = { known: [] as number[], unknown: [] as number[] };
      for (let round = 0; round < 4; round += 1) {
        const { email } = await somebody();
        const wrong = scene().secret(`wrong password ${round}`);
        const began = performance.now();
        const known = await login(email, wrong);
        const between = performance.now();
        const unknown = await login(`nobody${round}@${own.marker}.example.com`, wrong);
        spent.known.push(between - began);
        spent.unknown.push(performance.now() - between);
        expect(known.status).toBe(401);
        expect(withoutItsOwn(unknown)).toEqual(withoutItsOwn(known));
      }
      // Not a time but a proportion: without the hash of a password an answer comes tens of times sooner.
      expect(Math.max(...spent.unknown)).toBeGreaterThan(Math.min(...spent.known) / 4);
    });

    it('guessing is made to wait, the right password too, and as much for an address that is nobody’s', async () => {
      const { email, password } = await somebody();
      const nobody = `nobody.else@${scene().own.marker}.example.com`;
      for (const address of [email, nobody]) {
        for (let tries = 0; tries < FREE_TRIES + 1; tries += 1) await login(address, 'a wrong password');
        const answer = await login(address, password);
        expect(answer.status).toBe(429);
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      const other = await somebody();
      expect((await login(other.email, other.password)).status).toBe(200);
    });

    it('what is another organisation’s and what is nobody’s are answered alike', async () => {
      const { door, foreign, lived } = scene();
      const known = String(lived['deliveryId']);
      const nobodys = `${known.slice(0, -4)}0000`;
      const paths = ['deliveries/', 'deliveries/%/timeline'].map((path) => (path.includes('%') ? path : `${path}%`));
      for (const path of paths) {
        const ask = (id: string): Promise<Answer> =>
          door.call('GET', `/v1/${path.replace('%', id)}`, { as: foreign.adminKey });
        const [theirs, none] = [await ask(known), await ask(nobodys)];
        expect(JSON.stringify(withoutItsOwn(theirs)).replaceAll(known, 'id')).toBe(
          JSON.stringify(withoutItsOwn(none)).replaceAll(nobodys, 'id'),
        );
        expect(theirs.status).toBe(404);
      }
    });
  });
}
