import { Subject } from 'rxjs';
import { parseOrganizationId } from '#libs/persistence/index.js';
import { GatewayConfig } from '../config/config.module.js';
import type { AccessChange } from '../revocation/access-change.js';
import { AccessTokens, AUDIENCE } from '../credentials/access-tokens.js';
import { TokenKeys } from '../credentials/token-keys.js';
import { AgentTokens } from './agent-tokens.js';
import { Authenticate } from './authenticate.js';
import { JwtGuard } from './jwt.guard.js';
import { JwtStrategy } from './jwt.strategy.js';
import { VerifiedCredentials } from './verified-credentials.js';

const ORGANIZATION = parseOrganizationId('org_0123456789abcdef01234567');
const CACHE_TTL_MS = 30_000;

/** Creates the real services, with a database in which every agent is active. */
function createAuthentication() {
  const clock = { now: () => new Date('2026-03-02T10:00:00Z') };
  const config = Object.assign(new GatewayConfig(), {
    JWT_SECRET: 'a-secret-of-this-test-0123456789abcdef',
    OPERATOR_API_KEY: 'an-operator-key-of-this-test-0123456789',
  });
  const accessChanges = new Subject<AccessChange>();
  const changes = { changes: accessChanges, isListening: true, receivedChangeCount: 0 };
  const keys = new TokenKeys(config);
  const agents = { isOpen: () => Promise.resolve(true) };
  const agentTokens = new AgentTokens(new AccessTokens(keys), agents as never, clock, config);
  const verifiedCredentials = new VerifiedCredentials(changes as never, clock);
  // The constructor registers the strategy with passport.
  new JwtStrategy();
  const guard = new JwtGuard(keys, clock);
  const authenticate = new Authenticate(
    undefined as never,
    guard,
    undefined as never,
    agentTokens,
    verifiedCredentials,
    changes as never,
    config,
  );
  let runCount = 0;
  const canActivate = guard.canActivate.bind(guard);
  guard.canActivate = (context) => {
    runCount += 1;
    return canActivate(context);
  };
  const { token } = agentTokens.issue(ORGANIZATION, 'agt_1');
  return { authenticate, changes, clock, config, keys, countPassportRuns: () => runCount, accessChanges, token };
}

describe('an access token', () => {
  it('is verified by passport once, and then cached', async () => {
    const { authenticate, countPassportRuns, token } = createAuthentication();
    for (let request = 0; request < 3; request += 1) {
      expect((await authenticate.execute(token))?.identity).toMatchObject({ role: 'agent', agentId: 'agt_1' });
    }
    expect(countPassportRuns()).toBe(1);
  });

  it('is verified again after the cache expires, and after an access change of its agent', async () => {
    const { authenticate, clock, countPassportRuns, accessChanges, token } = createAuthentication();
    await authenticate.execute(token);
    const afterExpiry = new Date(clock.now().getTime() + CACHE_TTL_MS);
    clock.now = () => afterExpiry;
    await authenticate.execute(token);
    expect(countPassportRuns()).toBe(2);
    accessChanges.next({ kind: 'agent', organizationId: ORGANIZATION, agentId: 'agt_1' });
    await authenticate.execute(token);
    expect(countPassportRuns()).toBe(3);
  });

  it('is verified on every request while the gateway receives no access changes', async () => {
    const { authenticate, changes, countPassportRuns, token } = createAuthentication();
    changes.isListening = false;
    await authenticate.execute(token);
    await authenticate.execute(token);
    expect(countPassportRuns()).toBe(2);
  });

  it('that is not valid is rejected', async () => {
    const { authenticate, clock, keys } = createAuthentication();
    const claims = { audience: AUDIENCE.agent, subject: 'agt_1', claims: { org: ORGANIZATION }, issuedAt: clock.now() };
    const expired = new AccessTokens(keys).sign({ ...claims, expiresInSeconds: -1 });
    expect(await authenticate.execute(expired)).toBeNull();
    expect(await authenticate.execute('nonsense')).toBeNull();
  });

  it('is not required of the operator, whose key passport does not verify', async () => {
    const { authenticate, config, countPassportRuns } = createAuthentication();
    expect((await authenticate.execute(config.OPERATOR_API_KEY))?.identity).toEqual({ role: 'operator' });
    expect(countPassportRuns()).toBe(0);
  });
});
