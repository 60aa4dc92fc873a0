import { MongooseModule } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import { parseOrganizationId, PersistenceModule, TransactionRunner } from '#libs/persistence/index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import { suppressedNumberSchema } from '#libs/persistence/schemas/telephony/suppressed-numbers.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { EVERY_ORGANIZATION, SuppressedNumberRepository } from './suppressed-number.repository.js';

const ACME = parseOrganizationId('org_acme');
const OTHER = parseOrganizationId('org_other');
const PHONE = '+13125550142';
const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 3, 15, minute));

describe('suppression of a number', () => {
  let module: TestingModule;
  let numbers: SuppressedNumberRepository;

  beforeAll(async () => {
    const { mongo } = await startTestServers({ mongo: true });
    module = await Test.createTestingModule({
      imports: [
        PersistenceModule.forApp({ app: 'telephony', uri: mongo.uri, dataKeys: TEST_DATA_KEYS }),
        MongooseModule.forFeature([{ name: 'SuppressedNumber', schema: suppressedNumberSchema }]),
      ],
      providers: [SuppressedNumberRepository],
    }).compile();
    await module.init();
    numbers = module.get(SuppressedNumberRepository);
  });

  afterAll(async () => {
    await module?.close();
  });

  const runTransaction = (work: Parameters<TransactionRunner['run']>[0]): Promise<unknown> =>
    module.get(TransactionRunner).run(work);

  it('is lifted by a later consent to the same organization, in whatever order the events arrive', async () => {
    await runTransaction((tx) => numbers.suppress(ACME, PHONE, 'routing', at(1), tx));
    await runTransaction((tx) => numbers.suppress(ACME, PHONE, 'call', at(1), tx));
    await runTransaction((tx) => numbers.suppress(OTHER, PHONE, 'routing', at(1), tx));
    expect(await numbers.isSuppressed(ACME, PHONE)).toBe(true);
    await runTransaction((tx) => numbers.lift(ACME, PHONE, at(5), tx));
    expect(await numbers.isSuppressed(ACME, PHONE)).toBe(false);
    expect(await numbers.isSuppressed(OTHER, PHONE)).toBe(true);
    // A repeated, late opt-out does not restore a suppression that was lifted since.
    await runTransaction((tx) => numbers.suppress(ACME, PHONE, 'routing', at(1), tx));
    expect(await numbers.isSuppressed(ACME, PHONE)).toBe(false);
    await runTransaction((tx) => numbers.suppress(ACME, PHONE, 'routing', at(9), tx));
    await runTransaction((tx) => numbers.lift(ACME, PHONE, at(5), tx));
    expect(await numbers.isSuppressed(ACME, PHONE)).toBe(true);
  });

  it('by STOP holds for every organization until START', async () => {
    const stoppedPhone = '+13125550143';
    await runTransaction((tx) => numbers.suppress(EVERY_ORGANIZATION, stoppedPhone, 'sms', at(1), tx));
    await runTransaction((tx) => numbers.lift(ACME, stoppedPhone, at(5), tx));
    expect(await numbers.isSuppressed(ACME, stoppedPhone)).toBe(true);
    await runTransaction((tx) => numbers.liftSms(stoppedPhone, tx));
    expect(await numbers.isSuppressed(ACME, stoppedPhone)).toBe(false);
  });
});
