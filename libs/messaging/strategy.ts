import { Inject, Injectable } from '@nestjs/common';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventContract, RpcContract } from '#libs/contracts/kernel/index.js';
import { handlerMistakes, type DeclaredHandler } from './handlers/boot-check.js';
import { EventConsumer } from './events/event-consumer.js';
import { EventProcessor } from './events/event-processor.js';
import { MESH, type EventHandlerOptions } from './handlers/handlers.js';
import { NatsLink } from './link/nats-link.js';
import { MESSAGING_SETTINGS, type MessagingSettings } from './options/options.js';
import { OutboxRelay } from './outbox/outbox-relay.js';
import { backOff } from './link/retry-policy.js';
import { RpcServer } from './rpc/rpc-server.js';

/** An app that serves HTTP, too, does not wait longer for NATS before it listens. */
const CONNECT_PATIENCE_MS = 3_000;
const JOIN_PATIENCE_MS = 20_000;

interface Declared extends DeclaredHandler {
  readonly contract: EventContract | RpcContract;
  readonly handler: MessageHandler;
  readonly options: EventHandlerOptions;
}

/**
 * Nest's transport for the mesh: events by durable JetStream consumers, RPC by core NATS with a queue group. Nest's own
 * NATS transport is core NATS only: events of a stopped or failing app would be lost.
 */
@Injectable()
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = MESH;
  private readonly declared: Declared[] = [];
  private joined = false;
  private closing = false;

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

  /** Whether events and requests are being taken, or were until NATS became unavailable. */
  get hasJoined(): boolean {
    return this.joined;
  }

  /** Keeps every declaration: Nest's own map would let the second of two handlers hide the first. */
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
    this.declared.push({ kind: isEvent ? 'event' : 'rpc', subject: contract.subject, contract, handler, options });
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  /** Takes nothing more in, finishes what is in hand, publishes what was decided, and disconnects. */
  async close(): Promise<void> {
    this.closing = true;
    const finished = Promise.all([this.events.stop(), this.rpcs.stop()]);
    await Promise.race([finished, delay(this.settings.tuning.shutdownGraceMs, undefined, { ref: false })]);
    await Promise.race([this.relay.stop(), delay(this.settings.tuning.shutdownGraceMs, undefined, { ref: false })]);
    await this.link.close();
  }

  on(): never {
    throw new Error('The mesh has no events of its own to listen to; give MessagingModule an observer.');
  }

  unwrap<T>(): T {
    return this.link.nc as T;
  }

  private async start(): Promise<void> {
    const mistakes = handlerMistakes(this.settings.app, this.settings.registry, this.declared);
    if (mistakes.length > 0)
      throw new Error(`${this.settings.app} cannot start; its handlers have mistakes:\n- ${mistakes.join('\n- ')}`);
    await this.processor.prepare(
      new Map(
        this.handlersOf('event').map(({ contract, handler, options }) => [
          contract as EventContract,
          { handle: callerOf(handler), ...options },
        ]),
      ),
    );
    await this.relay.start();
    await this.rpcs.prepare(
      new Map(this.handlersOf('rpc').map(({ contract, handler }) => [contract as RpcContract, callerOf(handler)])),
    );
    const joining = this.join().catch((error: unknown) => {
      this.logger.error(error, 'Cannot join the mesh');
    });
    if (!(await this.link.whenConnected(CONNECT_PATIENCE_MS))) return;
    await Promise.race([joining, delay(JOIN_PATIENCE_MS, undefined, { ref: false })]);
  }

  /** Takes events and requests as soon as NATS lets it. */
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
    if (this.closing || !this.link.isOpen) return;
    await this.rpcs.start();
    this.events.start();
    this.joined = true;
  }

  private handlersOf(kind: DeclaredHandler['kind']): Declared[] {
    return this.declared.filter((declared) => declared.kind === kind);
  }
}

/** A Nest handler answers a value, or a stream of one when interceptors are in the way. */
function callerOf<R>(handler: MessageHandler): (data: object, context: object) => Promise<R> {
  return async (data, context) => {
    const result: unknown = await handler(data, context);
    return (isObservable(result) ? await lastValueFrom(result, { defaultValue: undefined }) : result) as R;
  };
}
