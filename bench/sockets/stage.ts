import { randomBytes, randomUUID } from 'node:crypto';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import jwt from 'jsonwebtoken';
import { startStack, type AppProcess, type Stack } from '#deploy/local/stack/index.js';
import {
  AnnouncementPublished,
  CodedError,
  contractRegistry,
  DeliveryAssigned,
  InboxMessageAdded,
  PublishAnnouncementRpc,
  RPC_ERROR_CODES,
  type Announcement,
  type InboxMessage,
} from '#libs/contracts/index.js';
import { readEvent } from '#libs/messaging/inbox/incoming-event.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';

const ORGANIZATION = 'org_bench';
const TOKEN_SECONDS = 6 * 3600;
const HOUR_MS = 3_600_000;
const RETRYABLE_CODES: readonly string[] = [
  RPC_ERROR_CODES.deadlineExceeded,
  RPC_ERROR_CODES.unavailable,
  RPC_ERROR_CODES.conflict,
];

/** The messages for agents that the notifications app, which owns the inbox, published. */
export interface PublishedMessages {
  /** When the broker stored the message, in milliseconds since the epoch, by key. */
  readonly at: ReadonlyMap<string, number>;
  /** The keys of each agent's messages, without announcements. */
  readonly keysByAgent: ReadonlyMap<string, ReadonlySet<string>>;
  readonly announcementKeys: ReadonlySet<string>;
}

/** The gateways under test and the notifications app. The bench takes the place of all other apps. */
export class Stage {
  private readonly stacks: Stack[] = [];
  private readonly secret = randomBytes(32).toString('base64url');

  private constructor(
    private readonly base: Stack,
    private readonly serverEnv: Readonly<Record<string, string>>,
    private readonly routing: MeshDouble,
    private readonly front: MeshDouble,
    private readonly nats: NatsConnection,
    private readonly dataKey: string,
    private readonly report: (line: string) => void,
  ) {}

  static async open(report: (line: string) => void): Promise<Stage> {
    const base = await startStack({ apps: [], servers: ['mongodb', 'nats', 'redis'], log: 'file', print: report });
    const serverEnv = Object.assign({}, ...[...base.servers.values()].map(({ environment }) => environment)) as Record<
      string,
      string
    >;
    const natsUrl = serverEnv['NATS_URL'] ?? '';
    // All apps, each of which is started as its own stack, share one key with the bench, which reads their events.
    const dataKey = randomBytes(32).toString('base64');
    const sealer = new DataSealer([dataKey]);
    const routing = await MeshDouble.open(natsUrl, 'routing', sealer);
    const front = await MeshDouble.open(natsUrl, 'gateway', sealer);
    const nats = await connect({ servers: natsUrl, name: 'bench' });
    return new Stage(base, serverEnv, routing, front, nats, dataKey, report);
  }

  async start(app: 'gateway' | 'notifications'): Promise<AppProcess> {
    const stack = await startStack({
      apps: [app],
      servers: [],
      env: {
        ...this.serverEnv,
        JWT_SECRET: this.secret,
        CUSTOMER_DATA_KEY: this.dataKey,
        LOG_LEVEL: 'warn',
        // All sockets of the bench come from one IP address.
        LIVE_HANDSHAKES_PER_MINUTE: '1000000',
        // No agent has a phone, so escalation is postponed beyond the run.
        PUSH_AFTER_SECONDS: '86400',
        SMS_AFTER_SECONDS: '86400',
      },
      log: 'file',
      restartsOnExit: false,
      readyDeadlineMs: 120_000,
      print: this.report,
    });
    this.stacks.push(stack);
    const started = stack.apps.get(app);
    if (!started) throw new Error(`The stack did not start ${app}.`);
    return started;
  }

  /** An access token like those that the API issues for agents. */
  createToken(agentId: string): string {
    const claims = {
      issuer: 'delauto',
      audience: 'delauto-agent',
      subject: agentId,
      expiresIn: TOKEN_SECONDS,
    } as const;
    return jwt.sign({ org: ORGANIZATION }, this.secret, { algorithm: 'HS256', ...claims });
  }

  /** Publishes an assignment for one agent, as routing would; notifications adds it to the inbox. */
  async assign(agentId: string, deliveryId: string): Promise<void> {
    const now = Date.now();
    const at = (hours: number): string => new Date(now + hours * HOUR_MS).toISOString();
    await this.routing.publish(DeliveryAssigned, {
      payload: {
        deliveryId,
        reference: deliveryId,
        agentId,
        agentName: 'Ana',
        customerName: 'Cara',
        position: [-0.1, 51.5],
        window: { start: at(1), end: at(3) },
        reason: { explanation: 'near', cost: 1 },
        customerReached: false,
      },
      aggregateId: deliveryId,
      organizationId: ORGANIZATION,
    });
  }

  /** Repeats the command with the same id until it gets a reply, as a client does with its `Idempotency-Key`. */
  async announce(text: string): Promise<void> {
    const options = { organizationId: ORGANIZATION, commandId: randomUUID() };
    for (;;) {
      try {
        await this.front.call(PublishAnnouncementRpc, { text }, options);
        return;
      } catch (error) {
        if (!(error instanceof CodedError) || !RETRYABLE_CODES.includes(error.code)) throw error;
      }
    }
  }

  /** Reads the events that notifications published back from its stream, with the broker's timestamps. */
  async published(): Promise<PublishedMessages> {
    const at = new Map<string, number>();
    const keysByAgent = new Map<string, Set<string>>();
    const announcementKeys = new Set<string>();
    const subjects = [InboxMessageAdded.subject, AnnouncementPublished.subject];
    const consumer = await jetstream(this.nats).consumers.get('EVENTS_NOTIFICATIONS', { filter_subjects: subjects });
    let pending = (await consumer.info()).num_pending;
    if (pending === 0) return { at, keysByAgent, announcementKeys };
    const sealer = new DataSealer([this.dataKey]);
    for await (const message of await consumer.consume()) {
      const { subject, payload } = readEvent(message, contractRegistry, sealer).envelope;
      const publishedAt = message.info.timestampNanos / 1e6;
      if (subject === InboxMessageAdded.subject) {
        const { agentId, messageId } = payload as InboxMessage;
        const key = `message ${messageId}`;
        at.set(key, publishedAt);
        keysByAgent.set(agentId, (keysByAgent.get(agentId) ?? new Set()).add(key));
      } else {
        const key = `announcement ${(payload as Announcement).sequence}`;
        at.set(key, publishedAt);
        announcementKeys.add(key);
      }
      pending -= 1;
      if (pending <= 0) break;
    }
    return { at, keysByAgent, announcementKeys };
  }

  async deadLetters(): Promise<number> {
    const manager = await jetstreamManager(this.nats);
    return (await manager.streams.info('DEAD_LETTERS')).state.messages;
  }

  async close(): Promise<void> {
    await this.routing.close();
    await this.front.close();
    await this.nats.close();
    for (const stack of this.stacks.reverse()) await stack.stop();
    await this.base.stop();
  }
}
