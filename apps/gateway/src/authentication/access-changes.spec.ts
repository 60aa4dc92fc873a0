import { Test, type TestingModule } from '@nestjs/testing';
import { MongooseModule } from '@nestjs/mongoose';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { organizationId, PersistenceModule, TransactionRunner } from '#libs/persistence/index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import { accessChangeSchema } from '#libs/persistence/schemas/gateway/access-changes.js';
import { Clock } from '#libs/clock/clock.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import type { AccessChange } from '../revocation/access-change.js';
import { AccessChangeRepository } from '../revocation/access-change.repository.js';
import { AccessChanges } from '../revocation/access-changes.js';
import { VerifiedCredentials } from './verified-credentials.js';

const ORGANIZATION = organizationId('org_1');
const CHANGE: AccessChange = { kind: 'key', organizationId: ORGANIZATION, keyId: 'dak_1' };
const PROOF = {
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

  async function gateway(): Promise<TestingModule> {
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

  it('is emitted once on every gateway: immediately where it was made, then on the others', async () => {
    const [here, there] = [await gateway(), await gateway()];
    const received: Record<string, AccessChange[]> = { here: [], there: [] };
    here.get(AccessChanges).changes.subscribe((change) => received['here']?.push(change));
    there.get(AccessChanges).changes.subscribe((change) => received['there']?.push(change));
    await recordAt(here, CHANGE);
    expect(received['here']).toEqual([CHANGE]);
    await waitUntil(() => received['there']?.length === 1, { what: 'the other gateway', deadlineMs: 5_000 });
    await recordAt(there, { ...CHANGE, keyId: 'dak_2' });
    await waitUntil(() => received['here']?.length === 2, { what: 'the second change', deadlineMs: 5_000 });
    expect(received['here']?.map((change) => 'keyId' in change && change.keyId)).toEqual(['dak_1', 'dak_2']);
    expect(received['there']).toHaveLength(2);
  });

  it('is not emitted when its transaction is rolled back', async () => {
    const here = await gateway();
    const before = here.get(AccessChanges).changesHeard;
    const work = here.get(TransactionRunner).run(async (tx) => {
      await here.get(AccessChanges).record(CHANGE, tx);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(here.get(AccessChanges).changesHeard).toBe(before);
  });

  it('is known to a gateway that starts shortly after it', async () => {
    await recordAt(await gateway(), CHANGE);
    const late = await gateway();
    expect(late.get(AccessChanges).changedRecently(PROOF.identity)).toBe(true);
    expect(late.get(AccessChanges).changedRecently({ ...PROOF.identity, keyId: 'dak_other' })).toBe(false);
  });

  it('removes the affected cached credentials on every gateway, and no others', async () => {
    const [here, there] = [await gateway(), await gateway()];
    const other = { ...PROOF, identity: { ...PROOF.identity, keyId: 'dak_other' } };
    for (const module of [here, there]) {
      const { changesHeard } = module.get(AccessChanges);
      module.get(VerifiedCredentials).remember('a', PROOF, changesHeard);
      module.get(VerifiedCredentials).remember('b', other, changesHeard);
      expect(module.get(VerifiedCredentials).find('a')).toBe(PROOF);
    }
    await recordAt(here, CHANGE);
    expect(here.get(VerifiedCredentials).find('a')).toBeUndefined();
    await waitUntil(() => there.get(VerifiedCredentials).find('a') === undefined, {
      what: 'the other gateway to forget',
      deadlineMs: 5_000,
    });
    expect(there.get(VerifiedCredentials).find('b')).toBe(other);
  });

  it('during the verification of a credential prevents the result from being cached', async () => {
    const here = await gateway();
    const { changesHeard } = here.get(AccessChanges);
    await recordAt(here, CHANGE);
    here.get(VerifiedCredentials).remember('a', PROOF, changesHeard);
    expect(here.get(VerifiedCredentials).find('a')).toBeUndefined();
  });
});
