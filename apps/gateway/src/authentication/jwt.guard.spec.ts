import { Test } from '@nestjs/testing';
import jwt from 'jsonwebtoken';
import { Clock } from '#libs/clock/clock.js';
import { GatewayConfig } from '../config/config.module.js';
import { AccessTokens, AUDIENCE } from '../credentials/access-tokens.js';
import { TokenKeys } from '../credentials/token-keys.js';
import { JwtGuard } from './jwt.guard.js';
import { JwtStrategy } from './jwt.strategy.js';

const NOW = new Date('2026-03-02T10:00:00Z');
const SECRET = 'a-secret-of-this-test-0123456789abcdef';
const OTHER_SECRET = 'another-secret-of-this-test-0123456789';
const NEW_TOKEN = {
  audience: AUDIENCE.agent,
  subject: 'agt_1',
  claims: { org: 'org_0123456789abcdef01234567' },
  issuedAt: NOW,
  expiresInSeconds: 60,
} as const;

interface Gateway {
  readonly guard: JwtGuard;
  readonly tokens: AccessTokens;
  readonly clock: { now: () => Date };
}

async function createGateway(secrets: Pick<GatewayConfig, 'JWT_SECRET' | 'JWT_SECRETS_PREVIOUS'>): Promise<Gateway> {
  const clock = { now: () => NOW };
  const module = await Test.createTestingModule({
    providers: [
      AccessTokens,
      JwtGuard,
      JwtStrategy,
      TokenKeys,
      { provide: Clock, useValue: clock },
      { provide: GatewayConfig, useValue: Object.assign(new GatewayConfig(), secrets) },
    ],
  }).compile();
  return { guard: module.get(JwtGuard), tokens: module.get(AccessTokens), clock };
}

describe('the JWT guard', () => {
  it('returns the claims of a token that this gateway signed', async () => {
    const { guard, tokens } = await createGateway({ JWT_SECRET: SECRET });
    expect(await guard.verify(tokens.sign(NEW_TOKEN))).toMatchObject({ sub: 'agt_1', aud: AUDIENCE.agent });
  });

  it('accepts a token until it expires, by the app’s clock', async () => {
    const { guard, tokens, clock } = await createGateway({ JWT_SECRET: SECRET });
    const token = tokens.sign(NEW_TOKEN);
    clock.now = () => new Date(NOW.getTime() + 59_999);
    expect(await guard.verify(token)).not.toBeNull();
    clock.now = () => new Date(NOW.getTime() + 60_000);
    expect(await guard.verify(token)).toBeNull();
  });

  it('verifies with the keys of its own gateway when a process has several gateways', async () => {
    const first = await createGateway({ JWT_SECRET: SECRET });
    const second = await createGateway({ JWT_SECRET: OTHER_SECRET });
    const [firstToken, secondToken] = [first.tokens.sign(NEW_TOKEN), second.tokens.sign(NEW_TOKEN)];
    expect(await first.guard.verify(firstToken)).not.toBeNull();
    expect(await first.guard.verify(secondToken)).toBeNull();
    expect(await second.guard.verify(secondToken)).not.toBeNull();
    expect(await second.guard.verify(firstToken)).toBeNull();
  });

  it('verifies valid and invalid tokens concurrently', async () => {
    const { guard, tokens } = await createGateway({ JWT_SECRET: SECRET });
    const valid = tokens.sign(NEW_TOKEN);
    const results = await Promise.all([valid, 'nonsense', valid, `${valid}x`].map((token) => guard.verify(token)));
    expect(results.map((claims) => claims?.sub)).toEqual(['agt_1', undefined, 'agt_1', undefined]);
  });

  it('accepts tokens signed with a previous secret', async () => {
    const oldGateway = await createGateway({ JWT_SECRET: SECRET });
    const newGateway = await createGateway({ JWT_SECRET: OTHER_SECRET, JWT_SECRETS_PREVIOUS: SECRET });
    expect(await newGateway.guard.verify(oldGateway.tokens.sign(NEW_TOKEN))).not.toBeNull();
  });

  const claims = { org: NEW_TOKEN.claims.org, iat: NOW.getTime() / 1000, exp: NOW.getTime() / 1000 + 60 };
  const options = { subject: 'agt_1', issuer: 'delauto', audience: AUDIENCE.agent } as const;

  it.each([
    ['another algorithm', jwt.sign(claims, SECRET, { ...options, algorithm: 'HS512' })],
    ['no algorithm', jwt.sign(claims, '', { ...options, algorithm: 'none' })],
    ['another issuer', jwt.sign(claims, SECRET, { ...options, issuer: 'other-issuer' })],
    ['another audience', jwt.sign(claims, SECRET, { ...options, audience: 'other-audience' })],
    ['no organization', jwt.sign({ ...claims, org: 7 }, SECRET, options)],
    ['an unknown key', jwt.sign(claims, SECRET, { ...options, keyid: 'unknown' })],
  ])('refuses a token with %s', async (_what, token) => {
    const { guard } = await createGateway({ JWT_SECRET: SECRET });
    expect(await guard.verify(jwt.sign(claims, SECRET, options))).not.toBeNull();
    expect(await guard.verify(token)).toBeNull();
  });
});
