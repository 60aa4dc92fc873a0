import { createHash, randomUUID } from 'node:crypto';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { S3ObjectStore } from '#libs/adapters/object-store/s3/s3-object-store.js';
import {
  contractRegistry,
  parseContract,
  RecordingStored,
  type EventEnvelope,
  type Language,
  type RecordingStoredPayload,
} from '#libs/contracts/index.js';
import { readEvent } from '#libs/messaging/inbox/incoming-event.js';
import type { DataSealer } from '#libs/sealing/data-sealer.js';
import { TEST_SEALER } from '#libs/testing/data-keys.js';
import type { TestS3 } from '#libs/testing/servers/index.js';

export const ORGANIZATION = 'org_test';

/** Options of a recording. By default it is in English, with the customer on channel 1. */
export interface RecordingOptions {
  readonly language?: Language;
  readonly customerChannel?: number;
  /** Publish the event without putting the recording into the store. */
  readonly skipStore?: true;
}

/**
 * A test double of the other apps: publishes recordings as telephony does, and records every event that transcription
 * publishes.
 */
export class MeshPeer {
  readonly #events: EventEnvelope[] = [];

  private constructor(
    private readonly nats: NatsConnection,
    private readonly js: JetStreamClient,
    private readonly store: S3ObjectStore,
    private readonly sealer: DataSealer,
  ) {}

  static async connect(natsUrl: string, s3: Omit<TestS3, 'release'>, sealer = TEST_SEALER): Promise<MeshPeer> {
    const nats = await connect({ servers: natsUrl });
    return new MeshPeer(nats, jetstream(nats), new S3ObjectStore({ ...s3, forcePathStyle: true }), sealer);
  }

  /** Reads transcription's stream, which must exist, from its beginning. */
  async listen(): Promise<void> {
    const consumer = await this.js.consumers.get('EVENTS_TRANSCRIPTION', {});
    const messages = await consumer.consume();
    void (async () => {
      for await (const message of messages) {
        const { contract, envelope } = readEvent(message, contractRegistry, this.sealer);
        parseContract(contract.payload, envelope.payload, 'reject');
        this.#events.push(envelope);
      }
    })();
  }

  /**
   * Stores a recording and publishes it.
   *
   * @returns The published payload, to be published again or stored later.
   */
  async record(audio: Buffer, options: RecordingOptions = {}): Promise<RecordingStoredPayload> {
    const recordingId = `rec_${randomUUID()}`;
    const stored: RecordingStoredPayload = {
      attemptId: `att_${randomUUID()}`,
      deliveryId: `dlv_${randomUUID()}`,
      recordingId,
      objectKey: `recordings/${recordingId}.wav`,
      sha256: createHash('sha256').update(audio).digest('hex'),
      sizeBytes: audio.length,
      durationSeconds: Math.round(audio.length / 32_000),
      customerChannel: options.customerChannel ?? 1,
      language: options.language ?? 'en',
      zone: 'America/Chicago',
      window: { start: '2026-03-03T18:00:00Z', end: '2026-03-03T22:00:00Z' },
      spokenAt: '2026-03-02T15:00:00Z',
    };
    if (!options.skipStore) await this.put(stored, audio);
    await this.publish(stored);
    return stored;
  }

  async put({ objectKey }: RecordingStoredPayload, audio: Buffer): Promise<void> {
    await this.store.put({ key: objectKey, body: audio, contentType: 'audio/wav' });
  }

  /** Publishes the event with a new id each time, as after a lost acknowledgement. */
  async publish(payload: RecordingStoredPayload): Promise<void> {
    const envelope: EventEnvelope = {
      id: randomUUID(),
      subject: RecordingStored.subject,
      organizationId: ORGANIZATION,
      aggregateId: payload.recordingId,
      sequence: 1,
      occurredAt: new Date().toISOString(),
      payload,
    };
    await this.js.publish(RecordingStored.subject, JSON.stringify(envelope), { msgID: envelope.id });
  }

  /** The events that transcription published about one recording so far, in stream order. */
  listEvents({ recordingId }: RecordingStoredPayload): EventEnvelope[] {
    return this.#events.filter(({ aggregateId }) => aggregateId === recordingId);
  }

  /**
   * Waits until a recording was understood or failed.
   *
   * @returns All its events.
   */
  async waitUntilFinished(recording: RecordingStoredPayload, deadlineMs = 120_000): Promise<EventEnvelope[]> {
    return waitUntil(
      () => {
        const events = this.listEvents(recording);
        return events.some(({ subject }) => !subject.endsWith('.transcribed.v1')) && events;
      },
      { what: `the end of ${recording.recordingId}`, deadlineMs },
    );
  }

  async close(): Promise<void> {
    await this.nats.close();
    await this.store.close();
  }
}
