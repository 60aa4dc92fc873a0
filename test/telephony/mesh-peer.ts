import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { jetstream, JetStreamError, type Consumer, type JetStreamClient } from '@nats-io/jetstream';
import { errors, headers } from '@nats-io/nats-core';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  contractRegistry,
  parseContract,
  type EventContract,
  type EventEnvelope,
  type RpcContract,
} from '#libs/contracts/index.js';
import { readEvent } from '#libs/messaging/inbox/incoming-event.js';
import { TEST_SEALER } from '#libs/testing/data-keys.js';

export const ORGANIZATION = 'org_test';
const STREAM = 'EVENTS_TELEPHONY';
const CONSUMER = 'peer';
const FETCH_MS = 1_000;
const RETRY_MS = 50;

/** A test double of the other apps: publishes their events and records every event that telephony publishes. */
export class MeshPeer {
  readonly #events: EventEnvelope[] = [];

  private constructor(
    private readonly nats: NatsConnection,
    private readonly js: JetStreamClient,
  ) {}

  static async connect(natsUrl: string): Promise<MeshPeer> {
    // Reconnects without limit, because tests stop the server for any length of time.
    const nats = await connect({ servers: natsUrl, maxReconnectAttempts: -1, reconnectTimeWait: 200 });
    return new MeshPeer(nats, jetstream(nats));
  }

  /**
   * Reads telephony's stream, which must exist, from its beginning, with a durable consumer that survives the server's
   * restart.
   */
  async listen(): Promise<void> {
    const { consumers } = await this.js.jetstreamManager();
    await consumers.add(STREAM, { durable_name: CONSUMER, ack_policy: 'explicit' });
    void this.#read(await this.js.consumers.get(STREAM, CONSUMER));
  }

  async #read(consumer: Consumer): Promise<void> {
    let last = 0;
    while (!this.nats.isClosed()) {
      try {
        for await (const message of await consumer.fetch({ max_messages: 100, expires: FETCH_MS })) {
          message.ack();
          // The server redelivers a message if it was killed before it stored the acknowledgement.
          if (message.seq <= last) continue;
          last = message.seq;
          const { contract, envelope } = readEvent(message, contractRegistry, TEST_SEALER);
          parseContract(contract.payload, envelope.payload, 'reject');
          this.#events.push(envelope);
        }
      } catch (error) {
        if (this.nats.isClosed()) return;
        if (!(error instanceof JetStreamError || error instanceof errors.TimeoutError)) throw error;
        await delay(RETRY_MS);
      }
    }
  }

  /** Publishes an event with a new id each time, as after a lost acknowledgement. */
  async publish<P extends object>(
    contract: EventContract<P>,
    aggregateId: string,
    payload: P,
    sequence = 1,
  ): Promise<void> {
    const envelope: EventEnvelope<P> = {
      id: randomUUID(),
      subject: contract.subject,
      organizationId: ORGANIZATION,
      aggregateId,
      sequence,
      occurredAt: new Date().toISOString(),
      payload,
    };
    await this.js.publish(contract.subject, JSON.stringify(envelope), { msgID: envelope.id });
  }

  /** The published events of one contract whose payload has the fields of `about`, in stream order. */
  findEvents<P extends object>(contract: EventContract<P>, about: Partial<P>): EventEnvelope<P>[] {
    const events = this.#events.filter(({ subject }) => subject === contract.subject) as EventEnvelope<P>[];
    return events.filter(({ payload }) =>
      Object.entries(about).every(([field, value]) => (payload as Record<string, unknown>)[field] === value),
    );
  }

  /** All published events with this aggregate id. */
  listEvents(aggregateId: string): EventEnvelope[] {
    return this.#events.filter((event) => event.aggregateId === aggregateId);
  }

  /** Waits for the first such event. */
  async waitForEvent<P extends object>(
    contract: EventContract<P>,
    about: Partial<P>,
    deadlineMs = 120_000,
  ): Promise<EventEnvelope<P>> {
    const what = `${contract.subject} about ${JSON.stringify(about)}; published so far: ${this.#events
      .map(({ subject, aggregateId }) => `${subject} ${aggregateId}`)
      .join(', ')}`;
    return waitUntil(() => this.findEvents(contract, about)[0], { what, deadlineMs });
  }

  /**
   * Sends an RPC request.
   *
   * @returns The value, parsed by its contract.
   * @throws Error with the fields of the failure.
   */
  async call<Q extends object, R extends object>(
    { subject, reply: replyType }: RpcContract<Q, R>,
    request: Q,
    options: { readonly organization?: string; readonly commandId?: string } = {},
  ): Promise<R> {
    const reply = (await this.request(subject, request, options.organization, options.commandId)) as
      { ok: true; value: unknown } | { ok: false; error: object };
    if (!reply.ok) throw Object.assign(new Error(`${subject} failed`), reply.error);
    return parseContract(replyType, reply.value, 'reject');
  }

  /**
   * Sends an RPC request.
   *
   * @returns The reply envelope.
   */
  async request(
    subject: string,
    request: object,
    organization = ORGANIZATION,
    commandId: string = randomUUID(),
  ): Promise<unknown> {
    const requestHeaders = headers();
    requestHeaders.set('DelAuto-Organization', organization);
    requestHeaders.set('DelAuto-Command-Id', commandId);
    requestHeaders.set('DelAuto-Deadline', String(Date.now() + 5_000));
    const reply = await this.nats.request(subject, JSON.stringify(request), {
      headers: requestHeaders,
      timeout: 5_000,
    });
    return reply.json();
  }

  /** Serves an RPC as its owner would; an error thrown by `handler` becomes an error reply. */
  serve<Q extends object, R extends object>(
    { subject }: RpcContract<Q, R>,
    handler: (request: Q, organization: string) => R,
  ): void {
    this.nats.subscribe(subject, {
      callback: (_error, message) => {
        let reply: object;
        try {
          reply = { ok: true, value: handler(message.json(), message.headers?.get('DelAuto-Organization') ?? '') };
        } catch (error) {
          reply = { ok: false, error: { code: 'not_found', message: String(error) } };
        }
        message.respond(JSON.stringify(reply));
      },
    });
  }

  async close(): Promise<void> {
    await this.nats.close();
  }
}
