import { ObjectStore } from '#libs/ports/object-store.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import { getConnectionToken, MongooseModule } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import type { Connection } from 'mongoose';
import { parseOrganizationId, PersistenceModule, TransactionRunner } from '#libs/persistence/index.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import { callLogSchema } from '#libs/persistence/schemas/telephony/call-logs.js';
import { inboundMessageSchema } from '#libs/persistence/schemas/telephony/inbound-messages.js';
import { messageSchema } from '#libs/persistence/schemas/telephony/messages.js';
import { recordingSchema } from '#libs/persistence/schemas/telephony/recordings.js';
import { Clock } from '#libs/clock/clock.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { CallLogRepository } from '../call-log/call-log.repository.js';
import { InboundMessageRepository } from '../inbound-messages/inbound-message.repository.js';
import { MessageRepository } from '../messages/message.repository.js';
import { RecordingRepository } from '../recordings/recording.repository.js';
import { EraseCustomerData, type EraseCustomerDataWork } from './erase-customer-data.js';

const PHONE = '+13125550142';
const ACME = parseOrganizationId('org_acme');

describe('erasure of a customer in telephony', () => {
  let module: TestingModule;
  let connection: Connection;
  const deletedKeys: string[] = [];
  const itemCalls: string[] = [];

  const item: WorkItem<EraseCustomerDataWork> = {
    queue: 'recording_queue',
    kind: 'erase-customer-data',
    key: 'erase-customer-data.ers_1',
    organizationId: ACME,
    payload: { erasureId: 'ers_1', customerId: 'cus_1', deliveryIds: ['dlv_1'] },
    dueAt: new Date(),
    attempt: 1,
    complete: () => Promise.resolve(void itemCalls.push('complete')),
    postpone: () => Promise.resolve(void itemCalls.push('postpone')),
    cancelOtherItems: () => Promise.resolve(),
  };

  beforeAll(async () => {
    const { mongo } = await startTestServers({ mongo: true });
    const deleteKey = (key: string): Promise<void> => Promise.resolve(void deletedKeys.push(key));
    module = await Test.createTestingModule({
      imports: [
        PersistenceModule.forApp({ app: 'telephony', uri: mongo.uri, dataKeys: TEST_DATA_KEYS }),
        MongooseModule.forFeature([
          { name: 'CallLog', schema: callLogSchema },
          { name: 'Recording', schema: recordingSchema },
          { name: 'Message', schema: messageSchema },
          { name: 'InboundMessage', schema: inboundMessageSchema },
        ]),
      ],
      providers: [
        Clock,
        CallLogRepository,
        RecordingRepository,
        MessageRepository,
        InboundMessageRepository,
        EraseCustomerData,
        { provide: ObjectStore, useValue: { delete: deleteKey } },
        { provide: VoiceCarrier, useValue: { deleteRecording: deleteKey } },
      ],
    }).compile();
    await module.init();
    connection = module.get<Connection>(getConnectionToken());
    for (const [_id, deliveryId] of [
      ['dlv_1.1', 'dlv_1'],
      ['dlv_2.1', 'dlv_2'],
    ] as const) {
      const commonFields = { organizationId: ACME, revision: 1, sequence: 1, deliveryId };
      const request = { customerName: 'Cara Quill', phone: PHONE };
      const conversation = { turns: [{ document: 'Hello Cara Quill' }] };
      const documents: Record<string, object> = {
        callLogs: { ...commonFields, phone: PHONE, request, conversation, call: {} },
        recordings: {
          ...commonFields,
          attemptId: _id,
          state: 'stored',
          objectKey: `o_${_id}`,
          carrierRecordingId: `RE_${_id}`,
        },
        messages: { ...commonFields, to: '+13125550199', body: 'Cara Quill wants it in the garage', audience: 'agent' },
        inboundMessages: { ...commonFields, from: PHONE, body: 'It is Cara: in the garage', receivedAt: new Date() },
      };
      const customerText = { ...commonFields, to: PHONE, body: 'Reply 1', about: request, audience: 'customer' };
      await connection.collection('messages').insertOne({ _id: `txt_${deliveryId}`, ...customerText } as never);
      for (const [name, document] of Object.entries(documents)) {
        await connection.collection(name).insertOne({ _id, ...document } as never);
      }
    }
  });

  afterAll(async () => {
    await module?.close();
  });

  it('waits for the end of the call, then deletes all data about the customer and no other data', async () => {
    const erase = module.get(EraseCustomerData);
    await erase.execute(item);
    expect({ itemCalls, deletedKeys }).toEqual({ itemCalls: ['postpone'], deletedKeys: [] });
    await connection.collection('callLogs').updateMany({}, { $set: { closedAt: new Date() } });
    const publishedSubjects: unknown[] = [];
    module
      .get(TransactionRunner)
      .onCommittedEvents((rows) => publishedSubjects.push(...rows.map(({ subject }) => subject)));
    await erase.execute(item);
    expect(deletedKeys).toEqual(['o_dlv_1.1', 'RE_dlv_1.1']);
    // A transaction may be retried, so `complete` may run more than once.
    expect([...new Set(itemCalls)]).toEqual(['postpone', 'complete']);
    expect(publishedSubjects).toEqual(['telephony.customer.erased.v1']);
    for (const name of ['callLogs', 'recordings', 'messages', 'inboundMessages']) {
      const rows = await connection.collection(name).find().toArray();
      const [erasedCustomer, otherCustomer] = ['dlv_1', 'dlv_2'].map((id) =>
        JSON.stringify(rows.filter((row) => row['deliveryId'] === id)),
      );
      expect(erasedCustomer).not.toMatch(/Cara|\+13125550142|garage/);
      expect(otherCustomer).toMatch(/Cara|o_dlv_2/);
    }
  });
});
