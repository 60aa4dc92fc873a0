import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken, MongooseModule } from '@nestjs/mongoose';
import { Schema, type Connection, type Model } from 'mongoose';
import { randomBytes, randomUUID } from 'node:crypto';
import { IdField, TextField } from '#libs/contracts/fields/index.js';
import { defineEvent } from '#libs/contracts/kernel/index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import { testMongo } from '#libs/testing/servers/index.js';
import {
  createAggregateEvent,
  AggregateRepository,
  getDatabase,
  ensureOutboxIndexes,
  parseOrganizationId,
  getOutboxCollection,
  PersistenceModule,
  SEALED,
  SEALED_FOR_ALL,
  TransactionRunner,
  type AggregateDocument,
  type OrganizationId,
} from './index.js';

interface Statement {
  text: string;
  at: Date;
  codes: string[];
}
interface Diary extends AggregateDocument {
  title: string;
  said?: Statement;
  seal?: string;
}

class DiaryEntry {
  @IdField() diaryId!: string;
  @TextField() text!: string;
}
const EntryAdded = defineEvent({
  subject: 'routing.diary.told.v1',
  payload: DiaryEntry,
  consumers: ['analytics'],
  sealed: true,
  summary: '',
});

const schema = new Schema<Diary>(
  {
    _id: String,
    organizationId: String,
    revision: Number,
    sequence: Number,
    title: String,
    said: SEALED,
    seal: SEALED,
  },
  { collection: 'diaries', versionKey: false },
);
const sharedSchema = new Schema({ _id: String, note: SEALED_FOR_ALL }, { collection: 'notes', versionKey: false });

class Diaries extends AggregateRepository<Diary> {
  protected readonly aggregateName = 'diary';
  findAll = (organization: OrganizationId): Promise<Diary[]> => this.find(organization, {});
  setSaid = (organization: OrganizationId, _id: string, said: Statement): Promise<Diary | null> =>
    this.updateOne(organization, { _id }, { $set: { said } });
  upsert = (organization: OrganizationId, _id: string, said: Statement): Promise<Diary> =>
    this.upsertOne(organization, { _id }, { $set: { said, title: 'new' } });
  setSaidText = (organization: OrganizationId, _id: string, text: string): Promise<Diary | null> =>
    this.updateOne(organization, { _id }, { $set: { 'said.text': text } });
}

@Module({})
class App {}

const ownOrganization = parseOrganizationId('org-1');
const otherOrganization = parseOrganizationId('org-2');
const said: Statement = { text: 'the code is 4271', at: new Date('2026-03-02T15:00:00Z'), codes: ['4271'] };

describe('sealed fields', () => {
  let uri: string;
  let app: INestApplicationContext;
  let connection: Connection;
  let diaries: Diaries;
  let transactions: TransactionRunner;

  const open = async (dataKeys: readonly string[]): Promise<INestApplicationContext> => {
    const models = MongooseModule.forFeature([
      { name: 'Diary', schema: schema.clone() },
      { name: 'Note', schema: sharedSchema.clone() },
    ]);
    const imports = [PersistenceModule.forApp({ app: 'routing', uri, dataKeys }), models];
    return NestFactory.createApplicationContext({ module: App, imports }, { logger: false });
  };
  const getDiaries = (context: INestApplicationContext): Diaries =>
    new Diaries(context.get<Connection>(getConnectionToken()).model('Diary') as unknown as Model<Diary>);
  const readStoredJson = async (collection = 'diaries'): Promise<string> =>
    JSON.stringify(await getDatabase(connection).collection(collection).find({}).toArray());
  const create = async (organization = ownOrganization): Promise<string> => {
    const _id = randomUUID();
    await transactions.run((tx) =>
      diaries.create(tx, organization, { _id, title: 'open', said }, [
        createAggregateEvent(EntryAdded, { diaryId: _id, text: said.text }, new Date()),
      ]),
    );
    return _id;
  };

  beforeAll(async () => {
    ({ uri } = await testMongo());
    app = await open(TEST_DATA_KEYS);
    connection = app.get<Connection>(getConnectionToken());
    diaries = getDiaries(app);
    transactions = app.get(TransactionRunner);
    await ensureOutboxIndexes(connection, 30);
  });

  afterAll(async () => {
    await app?.close();
  });

  it('are read as they were written by any operation, and are unreadable in the database', async () => {
    const id = await create();
    expect((await diaries.load(ownOrganization, id)).said).toEqual(said);
    const changed = { ...said, text: 'now it is 4272' };
    const saved = await transactions.run(async (tx) =>
      diaries.save(tx, ownOrganization, { ...(await diaries.load(ownOrganization, id, tx)), said: changed }),
    );
    expect(saved.said).toEqual(changed);
    expect((await diaries.load(ownOrganization, id)).said).toEqual(changed);
    expect((await diaries.setSaid(ownOrganization, id, said))?.said).toEqual(said);
    const upserted = await diaries.upsert(ownOrganization, randomUUID(), said);
    expect(upserted).toMatchObject({ said, title: 'new' });
    expect((await diaries.findAll(ownOrganization)).every((diary) => diary.said?.text === said.text)).toBe(true);
    expect(await readStoredJson()).toMatch(/"said":"sealed\.1\./);
    expect(await readStoredJson()).not.toMatch(/427[12]/);
  });

  it('are also sealed in the outbox', async () => {
    const id = await create();
    const row = await getOutboxCollection(connection).findOne({ aggregateId: id });
    expect(row?.envelope).toContain('"sealed":"sealed.1.');
    expect(row?.envelope).not.toContain('4271');
  });

  it('can be opened only for their organization and in their own field', async () => {
    const id = await create();
    const rows = getDatabase(connection).collection<Diary & { seal: unknown }>('diaries');
    const row = await rows.findOne({ _id: id });
    await rows.insertOne({ ...row, _id: `${id}-moved`, organizationId: 'org-2' } as never);
    await expect(diaries.load(otherOrganization, `${id}-moved`)).rejects.toThrow(/^Cannot open /);
    await rows.updateOne({ _id: id }, { $set: { seal: row?.said as never } });
    await expect(diaries.load(ownOrganization, id)).rejects.toThrow('Cannot open diaries.seal');
    await rows.deleteMany({});
  });

  it('cannot be set partially, and cannot be written by operations that would not seal them', async () => {
    const id = await create();
    await expect(diaries.setSaidText(ownOrganization, id, 'x')).rejects.toThrow('said.text is part of a sealed field');
    const model = connection.model('Diary');
    await expect(model.create({ _id: 'x', organizationId: 'org-1', said })).rejects.toThrow('sealed fields');
    await expect(model.insertMany([{ _id: 'x', said }])).rejects.toThrow('include organizationId');
  });

  it('are read unchanged when they were stored unsealed, and can belong to no organization', async () => {
    const notes = connection.model('Note');
    await notes.insertMany([{ _id: 'n1', note: 'code 4271' }]);
    expect(await readStoredJson('notes')).not.toContain('4271');
    expect(await notes.findOne({ _id: 'n1' }).lean()).toMatchObject({ note: 'code 4271' });
    const old = { _id: 'old', organizationId: 'org-1', revision: 1, sequence: 0, title: 'old', said };
    await getDatabase(connection).collection<Diary>('diaries').insertOne(old);
    expect((await diaries.load(ownOrganization, 'old')).said).toEqual(said);
  });

  it('can be opened with a previous key, and fail with the id of a missing key', async () => {
    const id = await create();
    const next = randomBytes(32).toString('base64');
    const rotated = await open([next, ...TEST_DATA_KEYS]);
    expect((await getDiaries(rotated).load(ownOrganization, id)).said).toEqual(said);
    await getDiaries(rotated).setSaid(ownOrganization, id, said);
    await rotated.close();
    await expect(diaries.load(ownOrganization, id)).rejects.toThrow(
      /sealed with the key [\w-]{8}, which is not configured/,
    );
    await expect(open([])).rejects.toThrow('At least one sealing key is required');
  });
});
