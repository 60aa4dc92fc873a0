import { Inject, Injectable } from '@nestjs/common';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventContract, RpcContract } from '#libs/contracts/kernel/index.js';
import { findHandlerProblems, type DeclaredHandler } from './handlers/boot-check.js';
import { EventConsumer } from './events/event-consumer.js';
import { EventProcessor } from './events/event-processor.js';
import { MESH, type EventHandlerOptions } from './handlers/handlers.js';
import { NatsLink } from './link/nats-link.js';
import { MESSAGING_SETTINGS, type MessagingSettings } from './options/options.js';
import { OutboxRelay } from './outbox/outbox-relay.js';
import { backOff } from './link/retry-policy.js';
import { RpcServer } from './rpc/rpc-server.js';

/** How long an app waits for NATS before it starts to serve HTTP. */
const CONNECT_TIMEOUT_MS = 3_000;
/** How long the start of an app waits until it consumes events and serves requests. Joining continues afterwards. */
const JOIN_TIMEOUT_MS = 20_000;

interface HandlerDeclaration extends DeclaredHandler {
  readonly contract: EventContract | RpcContract;
  readonly handler: MessageHandler;
  readonly options: EventHandlerOptions;
}

/**
 * Custom Nest transport: events over durable JetStream consumers, RPC over core NATS with a queue group. Nest's own
 * NATS transport supports only core NATS and would lose events while an app is stopped or failing.
 */
@Injectable()
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = MESH;
  private readonly declarations: HandlerDeclaration[] = [];
  private isJoined = false;
  private isClosing = false;

  constructor(
    private readonly link: NatsLink,
    private readonly events: EventConsumer,
    private readonly processor: EventProcessor,
    private readonly rpcs: RpcServer,
    private readonly relay: OutboxRelay,
    @Inject(MESSAGING_SETTINGS) private readonly settings: MessagingSettings,
  ) {
    super();
  }

  /** Whether the app has started to consume events and serve requests. Stays true when NATS becomes unavailable. */
  get hasJoined(): boolean {
    return this.isJoined;
  }

  /** Keeps every declaration for the boot check, because Nest's own map hides duplicate handlers of a subject. */
  override addHandler(
    pattern: unknown,
    handler: MessageHandler,
    isEvent = false,
    extras: Record<string, unknown> = {},
  ): void {
    super.addHandler(pattern, handler, isEvent, extras);
    const contracts = extras['contracts'] as readonly (EventContract | RpcContract)[];
    const contract = contracts.find(({ subject }) => subject === pattern);
    if (!contract)
      throw new Error(`A handler of ${String(pattern)} is declared without its contract; use @OnEvent or @OnRpc.`);
    const options = (extras['options'] ?? {}) as EventHandlerOptions;
    this.declarations.push({ kind: isEvent ? 'event' : 'rpc', subject: contract.subject, contract, handler, options });
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  /** Stops consuming, finishes work in progress, publishes the outbox and disconnects. */
  async close(): Promise<void> {
    this.isClosing = true;
    const finished = Promise.all([this.events.stop(), this.rpcs.stop()]);
    await Promise.race([finished, delay(this.settings.tuning.shutdownGraceMs, undefined, { ref: false })]);
    await Promise.race([this.relay.stop(), delay(this.settings.tuning.shutdownGraceMs, undefined, { ref: false })]);
    await this.link.close();
  }

  on(): never {
    throw new Error('JetStreamStrategy emits no events; pass an observer to MessagingModule.');
  }

  unwrap<T>(): T {
    return this.link.nc as T;
  }

  private async start(): Promise<void> {
    const problems = findHandlerProblems(this.settings.app, this.settings.registry, this.declarations);
    if (problems.length > 0)
      throw new Error(`${this.settings.app} cannot start because of its handlers:\n- ${problems.join('\n- ')}`);
    await this.processor.prepare(
      new Map(
        this.findDeclarations('event').map(({ contract, handler, options }) => [
          contract as EventContract,
          { handle: toFunction(handler), ...options },
        ]),
      ),
    );
    await this.relay.start();
    await this.rpcs.prepare(
      new Map(
        this.findDeclarations('rpc').map(({ contract, handler }) => [contract as RpcContract, toFunction(handler)]),
      ),
    );
    const joining = this.join().catch((error: unknown) => {
      this.logger.error(error, 'Cannot start consuming events and serving requests.');
    });
    if (!(await this.link.whenConnected(CONNECT_TIMEOUT_MS))) return;
    await Promise.race([joining, delay(JOIN_TIMEOUT_MS, undefined, { ref: false })]);
  }

  /** Starts to consume events and serve requests as soon as NATS is available. */
  private async join(): Promise<void> {
    for (let failures = 0; await this.link.whenConnected(); failures += 1) {
      try {
        await this.link.ensureTopology();
        break;
      } catch (error) {
        this.logger.warn(`JetStream is not ready: ${String(error)}`);
        await delay(backOff(failures), undefined, { ref: false });
      }
    }
    if (this.isClosing || !this.link.isOpen) return;
    await this.rpcs.start();
    this.events.start();
    this.isJoined = true;
  }

  private findDeclarations(kind: DeclaredHandler['kind']): HandlerDeclaration[] {
    return this.declarations.filter((declaration) => declaration.kind === kind);
  }
}

/** Nest handlers return a value, or an observable of one value when an interceptor wraps them. */
function toFunction<R>(handler: MessageHandler): (data: object, context: object) => Promise<R> {
  return async (data, context) => {
    const result: unknown = await handler(data, context);
    return (isObservable(result) ? await lastValueFrom(result, { defaultValue: undefined }) : result) as R;
  };
}
