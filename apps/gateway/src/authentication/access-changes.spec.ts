import { Test, type TestingModule } from '@nestjs/testing';
import { MongooseModule } from '@nestjs/mongoose';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { parseOrganizationId, PersistenceModule, TransactionRunner } from '#libs/persistence/index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import { accessChangeSchema } from '#libs/persistence/schemas/gateway/access-changes.js';
import { Clock } from '#libs/clock/clock.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import type { AccessChange } from '../revocation/access-change.js';
import { AccessChangeRepository } from '../revocation/access-change.repository.js';
import { AccessChanges } from '../revocation/access-changes.js';
import { VerifiedCredentials } from './verified-credentials.js';

const ORGANIZATION = parseOrganizationId('org_1');
const CHANGE: AccessChange = { kind: 'key', organizationId: ORGANIZATION, keyId: 'dak_1' };
const VERIFIED = {
  identity: { role: 'key', organizationId: ORGANIZATION, keyId: 'dak_1', scopes: [] },
  expiresAt: Infinity,
} as const;

describe('an access change', () => {
  const gateways: TestingModule[] = [];
  let uri: string;

  beforeAll(async () => {
    uri = (await startTestServers({ mongo: true })).mongo.uri;
  });

  afterEach(async () => {
    await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  });

  async function startGateway(): Promise<TestingModule> {
    const module = await Test.createTestingModule({
      imports: [
        PersistenceModule.forApp({ app: 'gateway', uri, dataKeys: TEST_DATA_KEYS }),
        MongooseModule.forFeature([{ name: 'AccessChange', schema: accessChangeSchema }]),
      ],
      providers: [Clock, AccessChangeRepository, AccessChanges, VerifiedCredentials],
    }).compile();
    await module.init();
    gateways.push(module);
    return module;
  }

  const recordAt = (module: TestingModule, change: AccessChange): Promise<void> =>
    module.get(TransactionRunner).run((tx) => module.get(AccessChanges).record(change, tx));

  it('is emitted once on every gateway: immediately on the one that records it, then on the others', async () => {
    const [local, remote] = [await startGateway(), await startGateway()];
    const received: Record<string, AccessChange[]> = { local: [], remote: [] };
    local.get(AccessChanges).changes.subscribe((change) => received['local']?.push(change));
    remote.get(AccessChanges).changes.subscribe((change) => received['remote']?.push(change));
    await recordAt(local, CHANGE);
    expect(received['local']).toEqual([CHANGE]);
    await waitUntil(() => received['remote']?.length === 1, {
      what: 'the other gateway to receive the change',
    });
    await recordAt(remote, { ...CHANGE, keyId: 'dak_2' });
    await waitUntil(() => received['local']?.length === 2, { what: 'the second change' });
    expect(received['local']?.map((change) => 'keyId' in change && change.keyId)).toEqual(['dak_1', 'dak_2']);
    expect(received['remote']).toHaveLength(2);
  });

  it('is not emitted when its transaction is rolled back', async () => {
    const local = await startGateway();
    const countBefore = local.get(AccessChanges).receivedChangeCount;
    const transaction = local.get(TransactionRunner).run(async (tx) => {
      await local.get(AccessChanges).record(CHANGE, tx);
      throw new Error('no');
    });
    await expect(transaction).rejects.toThrow('no');
    expect(local.get(AccessChanges).receivedChangeCount).toBe(countBefore);
  });

  it('is known to a gateway that starts shortly after it', async () => {
    await recordAt(await startGateway(), CHANGE);
    const lateGateway = await startGateway();
    expect(lateGateway.get(AccessChanges).changedRecently(VERIFIED.identity)).toBe(true);
    expect(lateGateway.get(AccessChanges).changedRecently({ ...VERIFIED.identity, keyId: 'dak_other' })).toBe(false);
  });

  it('removes the affected cached credentials on every gateway, and no others', async () => {
    const [local, remote] = [await startGateway(), await startGateway()];
    const other = { ...VERIFIED, identity: { ...VERIFIED.identity, keyId: 'dak_other' } };
    for (const module of [local, remote]) {
      const { receivedChangeCount } = module.get(AccessChanges);
      module.get(VerifiedCredentials).remember('a', VERIFIED, receivedChangeCount);
      module.get(VerifiedCredentials).remember('b', other, receivedChangeCount);
      expect(module.get(VerifiedCredentials).find('a')).toBe(VERIFIED);
    }
    await recordAt(local, CHANGE);
    expect(local.get(VerifiedCredentials).find('a')).toBeUndefined();
    await waitUntil(() => remote.get(VerifiedCredentials).find('a') === undefined, {
      what: 'the other gateway to drop the cached credential',
    });
    expect(remote.get(VerifiedCredentials).find('b')).toBe(other);
  });

  it('during the verification of a credential prevents the result from being cached', async () => {
    const local = await startGateway();
    const { receivedChangeCount } = local.get(AccessChanges);
    await recordAt(local, CHANGE);
    local.get(VerifiedCredentials).remember('a', VERIFIED, receivedChangeCount);
    expect(local.get(VerifiedCredentials).find('a')).toBeUndefined();
  });
});
