import { generateKeyPairSync, sign } from 'node:crypto';
import { decodeToken } from '../front-door/tokens.js';
import type { Scene } from './scene.js';

const HOUR_SECONDS = 3_600;
const now = (): number => Math.floor(Date.now() / 1000);

/** Tests of forged tokens, and of the genuine token, which is accepted. */
export function tokenConfusion(scene: () => Scene): void {
  describe('forged tokens', () => {
    const getStatus = async (as: string): Promise<number> =>
      (await scene().product.call('GET', '/v1/me/inbox', { as })).status;

    it('differ from the genuine token, which is accepted like its exact copy, only in the tested property', async () => {
      expect(await getStatus(scene().agentToken)).toBe(200);
      expect(await getStatus(scene().forge())).toBe(200);
    });

    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwk = publicKey.export({ format: 'jwk' });

    const forgeries: Readonly<Record<string, (s: Scene) => string>> = {
      'alg none, unsigned': (s) => s.forge({ header: { alg: 'none' }, signature: '' }),
      'alg None in another case, unsigned': (s) => s.forge({ header: { alg: 'nOnE' }, signature: '' }),
      'alg none with the genuine signature': (s) =>
        s.forge({ header: { alg: 'none' }, signature: decodeToken(s.agentToken).signature }),
      'HS384 with the right secret': (s) => s.forge({ header: { alg: 'HS384' }, hash: 'sha384' }),
      'HS512 with the right secret': (s) => s.forge({ header: { alg: 'HS512' }, hash: 'sha512' }),
      'RS256 named, HMAC signed with the right secret': (s) => s.forge({ header: { alg: 'RS256' } }),
      'RS256 signed with a key that its header contains': (s) => {
        const [head = '', body = ''] = s.forge({ header: { alg: 'RS256', jwk } }).split('.');
        return `${head}.${body}.${sign('sha256', Buffer.from(`${head}.${body}`), privateKey).toString('base64url')}`;
      },
      'HMAC keyed with the public key that its header contains': (s) =>
        s.forge({ header: { jwk }, secret: publicKey.export({ format: 'pem', type: 'spki' }).toString() }),
      'kid naming an empty file': (s) => s.forge({ header: { kid: '../../../../dev/null' }, secret: '' }),
      'kid naming another secret': (s) => s.forge({ header: { kid: "x' UNION SELECT 'k" }, secret: 'k' }),
      'jku naming foreign keys': (s) =>
        s.forge({ header: { jku: 'http://127.0.0.1:9/keys.json' }, secret: 'another party’s secret of 32 bytes' }),
      'another secret': (s) => s.forge({ secret: 'another secret of thirty-two bytes or more' }),
      'no signature': (s) => s.forge({ signature: '' }),
      'a truncated signature': (s) => s.agentToken.slice(0, -4),
      'another organization under the genuine signature': (s) =>
        s.forge({ claims: { org: s.foreign.organizationId }, signature: decodeToken(s.agentToken).signature }),
      'another audience': (s) => s.forge({ claims: { aud: 'another-audience' } }),
      'no audience': (s) => s.forge({ claims: { aud: undefined } }),
      'another issuer': (s) => s.forge({ claims: { iss: 'https://issuer.example.com' } }),
      'no issuer': (s) => s.forge({ claims: { iss: undefined } }),
      'expired a second ago': (s) => s.forge({ claims: { exp: now() - 1 } }),
      'not valid before an hour from now': (s) => s.forge({ claims: { nbf: now() + HOUR_SECONDS } }),
      'no subject': (s) => s.forge({ claims: { sub: undefined } }),
      'an organization that is not a string': (s) => s.forge({ claims: { org: { $ne: null } } }),
      'a subject that is not a string': (s) => s.forge({ claims: { sub: { $ne: null } } }),
    };

    it.each(Object.keys(forgeries))('%s: 401', async (name) => {
      expect(await getStatus(forgeries[name]?.(scene()) ?? '')).toBe(401);
    });

    it('a valid token anywhere but in the Authorization header as Bearer: 401', async () => {
      const { product, agentToken } = scene();
      const wrongPlaces: readonly (readonly [path: string, headers: Record<string, string>])[] = [
        [`/v1/me/inbox?access_token=${agentToken}`, {}],
        [`/v1/me/inbox?token=${agentToken}`, {}],
        ['/v1/me/inbox', { cookie: `token=${agentToken}; access_token=${agentToken}` }],
        ['/v1/me/inbox', { 'x-access-token': agentToken, 'x-api-key': agentToken }],
        ['/v1/me/inbox', { authorization: agentToken }],
        ['/v1/me/inbox', { authorization: `Basic ${Buffer.from(`agent:${agentToken}`).toString('base64')}` }],
      ];
      for (const [path, headers] of wrongPlaces) {
        expect((await product.call('GET', path, { headers })).status).toBe(401);
      }
    });

    it('a header that claims another organization or role has no effect', async () => {
      const { product, own, foreign } = scene();
      const headers = {
        'x-organization-id': own.organizationId,
        'x-tenant-id': own.organizationId,
        'x-user-id': 'admin',
        'x-role': 'admin',
        'x-forwarded-for': '127.0.0.1',
        'x-original-url': '/v1/organizations',
        'x-http-method-override': 'DELETE',
      };
      const response = await product.call('GET', '/v1/deliveries', { as: foreign.adminKey, headers });
      expect(response.status).toBe(200);
      expect(response.text).not.toContain(own.marker);
    });
  });
}
