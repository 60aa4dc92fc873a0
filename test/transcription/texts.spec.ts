import { randomUUID } from 'node:crypto';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  CustomerErased,
  InstructionsExtracted,
  MessageReceived,
  type InstructionsExtractedPayload,
  type MessageReceivedPayload,
} from '#libs/contracts/index.js';
import { ORGANIZATION } from '#libs/testing/mesh/mesh-double.js';
import { TranscriptionFixture } from './transcription-fixture.js';

describe('a customer’s text, on real servers', () => {
  let transcribing: TranscriptionFixture;

  beforeAll(async () => {
    transcribing = await TranscriptionFixture.open();
  });
  afterAll(() => transcribing?.close());

  async function receiveText(
    text: string,
    overrides: Partial<MessageReceivedPayload> = {},
  ): Promise<MessageReceivedPayload> {
    const payload: MessageReceivedPayload = {
      messageId: `msg_${randomUUID()}`,
      deliveryId: `dlv_${randomUUID()}`,
      customerId: 'cus_1',
      text,
      language: 'en',
      zone: 'America/Chicago',
      receivedAt: '2026-03-02T15:00:00Z',
      window: { start: '2026-03-03T18:00:00Z', end: '2026-03-03T22:00:00Z' },
      ...overrides,
    };
    const message = { aggregateId: payload.messageId, organizationId: ORGANIZATION, id: payload.messageId, payload };
    // Publishes twice, because brokers may redeliver.
    await transcribing.mesh.publish(MessageReceived, message);
    await transcribing.mesh.publish(MessageReceived, message);
    return payload;
  }

  const listEvents = async ({ messageId }: MessageReceivedPayload): Promise<InstructionsExtractedPayload[]> =>
    (await transcribing.mesh.published(InstructionsExtracted))
      .map(({ payload }) => payload)
      .filter((payload) => payload.messageId === messageId);
  const countWaiting = (): Promise<number> => transcribing.database.collection('waitingTexts').countDocuments();

  it('is understood like speech and published once, and its words are then deleted', async () => {
    const message = await receiveText('please leave it with my neighbour');
    const textWithInstructions = await receiveText('1', {
      instructions: { present: { value: true, confidence: 1, source: 'keys' }, complexity: 1 },
    });
    await waitUntil(async () => (await listEvents(message)).length > 0, { what: 'the event' });
    const { deliveryId, messageId, text } = message;
    expect(await listEvents(message)).toMatchObject([
      {
        deliveryId,
        messageId,
        attemptId: messageId,
        text,
        provider: 'local',
        instructions: { safePlace: { value: 'neighbour' } },
      },
    ]);
    expect(await listEvents(textWithInstructions)).toEqual([]);
    expect(await countWaiting()).toBe(0);
    const workRows = await transcribing.database.collection('work').find().toArray();
    expect(JSON.stringify(workRows)).not.toContain('neighbour');
  });

  it('is erased with its customer, even while it waits', async () => {
    const deliveryId = `dlv_${randomUUID()}`;
    const texts = transcribing.database.collection<{ _id: string; organizationId: string; deliveryId: string }>(
      'waitingTexts',
    );
    await texts.insertOne({ _id: 'msg_waiting', organizationId: ORGANIZATION, deliveryId });
    const payload = { erasureId: 'ers_1', customerId: 'cus_1', deliveryIds: [deliveryId] };
    await transcribing.mesh.publish(CustomerErased, { aggregateId: 'ers_1', organizationId: ORGANIZATION, payload });
    await waitUntil(async () => (await countWaiting()) === 0, { what: 'the text to be deleted' });
  });
});
