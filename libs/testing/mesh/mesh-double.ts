import { DeliverPolicy } from '@nats-io/jetstream';
import { randomUUID } from 'node:crypto';
import { parseContract } from '#libs/contracts/fields/index.js';
import {
  CodedError,
  contractRegistry,
  type AppName,
  type EventContract,
  type EventEnvelope,
  type RpcContract,
} from '#libs/contracts/index.js';
import { NatsLink, RpcClient } from '#libs/messaging/index.js';
import { readEvent } from '#libs/messaging/inbox/incoming-event.js';
import { NOOP_OBSERVER } from '#libs/messaging/options/observer.js';
import { toMessagingSettings } from '#libs/messaging/options/options.js';
import { toStreamName } from '#libs/messaging/topology/topology.js';
import type { DataSealer } from '#libs/sealing/data-sealer.js';
import { TEST_SEALER } from '../data-keys.js';
import { decodeJson, encodeJson, toFailureReply, HEADER } from '#libs/messaging/link/wire.js';

/** An event that another app would publish. Omitted fields get valid values. */
export interface EventInput<P extends object> {
  readonly payload: P;
  readonly aggregateId: string;
  readonly sequence?: number;
  readonly organizationId?: string;
  readonly id?: string;
  readonly occurredAt?: Date;
}

/** The organization of calls and events, unless a test names another. */
export const ORGANIZATION = 'org_1';
/** Longer than in production, because tests run on busy machines. */
const RPC_TIMEOUT_MS = 60_000;

/** A test double of all other apps, so that one app can be tested alone with real servers. */
export class MeshDouble {
  private constructor(
    private readonly link: NatsLink,
    private readonly rpc: RpcClient,
    private readonly sealer: DataSealer,
  ) {}

  /**
   * @param as the app that this instance acts as when it calls RPCs
   * @param sealer opens the payloads that the apps sealed
   */
  static async open(natsUrl: string, as: AppName, sealer = TEST_SEALER): Promise<MeshDouble> {
    const settings = toMessagingSettings({ app: as, natsUrl, registry: contractRegistry }, NOOP_OBSERVER);
    const link = await NatsLink.open(settings);
    await link.ensureTopology();
    return new MeshDouble(link, new RpcClient(link, settings), sealer);
  }

  /** Publishes an event as its owner would. @throws ContractViolation when the payload violates its contract */
  async publish<P extends object>(contract: EventContract<P>, event: EventInput<P>): Promise<EventEnvelope<P>> {
    const envelope: EventEnvelope<P> = {
      id: event.id ?? randomUUID(),
      subject: contract.subject,
      organizationId: event.organizationId ?? ORGANIZATION,
      aggregateId: event.aggregateId,
      sequence: event.sequence ?? 1,
      occurredAt: (event.occurredAt ?? new Date()).toISOString(),
      payload: parseContract(contract.payload, event.payload, 'reject'),
    };
    await this.link.js.publish(contract.subject, encodeJson(envelope), { msgID: envelope.id });
    return envelope;
  }

  call<Q extends object, R extends object>(
    contract: RpcContract<Q, R>,
    request: Q,
    options: { readonly organizationId?: string; readonly commandId?: string } = {},
  ): Promise<R> {
    return this.rpc.call(contract, request, { organizationId: ORGANIZATION, timeoutMs: RPC_TIMEOUT_MS, ...options });
  }

  /**
   * Serves an RPC as its owner would. A thrown `CodedError` becomes an error reply.
   * @returns a function that stops serving
   */
  serve<Q extends object, R extends object>(
    contract: RpcContract<Q, R>,
    handler: (request: Q, headers: { readonly organizationId: string; readonly commandId: string }) => R | Promise<R>,
  ): () => void {
    const subscription = this.link.nc.subscribe(contract.subject, {
      queue: contract.owner,
      callback: (error, message) => {
        if (error) throw error;
        const header = (name: string): string => message.headers?.get(name) ?? '';
        const headers = { organizationId: header(HEADER.organization), commandId: header(HEADER.commandId) };
        const work = async (): Promise<R> =>
          handler(parseContract(contract.request, decodeJson(message.data), 'ignore'), headers);
        void work().then(
          (value) => message.respond(encodeJson({ ok: true, value })),
          (reason: unknown) => {
            const failure = reason instanceof CodedError ? reason : new CodedError('internal', String(reason));
            message.respond(encodeJson(toFailureReply(failure)));
          },
        );
      },
    });
    return () => subscription.unsubscribe();
  }

  /** Returns all events of this type published so far, in stream order. */
  async published<P extends object>(contract: EventContract<P>): Promise<EventEnvelope<P>[]> {
    const options = { filter_subjects: [contract.subject], deliver_policy: DeliverPolicy.All };
    const consumer = await this.link.js.consumers.get(toStreamName(contract.owner), options);
    try {
      const pending = (await consumer.info()).num_pending;
      const envelopes: EventEnvelope<P>[] = [];
      if (pending === 0) return envelopes;
      for await (const message of await consumer.fetch({ max_messages: pending, expires: 5_000 })) {
        envelopes.push(readEvent(message, contractRegistry, this.sealer).envelope as EventEnvelope<P>);
        if (envelopes.length === pending) break;
      }
      return envelopes;
    } finally {
      // Tests poll: the server would otherwise keep each consumer for minutes, until the stream's limit is reached.
      await consumer.delete();
    }
  }

  async close(): Promise<void> {
    await this.link.close();
  }
}
