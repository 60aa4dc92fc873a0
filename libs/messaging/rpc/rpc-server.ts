import type { Msg, Subscription } from '@nats-io/nats-core';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { SpanKind } from '@opentelemetry/api';
import type { Connection } from 'mongoose';
import { setTimeout as delay } from 'node:timers/promises';
import { ContractViolation, parseContract } from '#libs/contracts/fields/index.js';
import { CodedError, RPC_ERROR_CODES, type RpcContract } from '#libs/contracts/kernel/index.js';
import {
  isDatabaseUnavailable,
  organizationId,
  TransactionRunner,
  type OrganizationId,
  type Transaction,
} from '#libs/persistence/index.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';
import { CommandStore, hashOf, idOf, type CommandKey } from './command-store.js';
import type { QueryContext, RpcContext } from '../handlers/handlers.js';
import { NatsLink } from '../link/nats-link.js';
import { MESSAGING_SETTINGS, type MessagingSettings } from '../options/options.js';
import { Limiter } from '../link/limiter.js';
import { inSpan } from '../link/tracing.js';
import { decodeActor, decodeJson, encodeJson, encodeText, failureOf, HEADER, traceContextOf } from '../link/wire.js';

export type RpcHandlerFunction = (request: object, context: QueryContext) => Promise<object>;

const CONFLICT_TRIES = 5;
const CONFLICT_PAUSE_MS = 20;
const COMMAND_ID = /^[A-Za-z0-9][A-Za-z0-9._~:-]{0,199}$/;

/** Answers the RPCs an app owns; replicas share them by a queue group. */
@Injectable()
export class RpcServer {
  private readonly logger = new Logger('Rpc');
  private readonly subscriptions: Subscription[] = [];
  private handlers: ReadonlyMap<RpcContract, RpcHandlerFunction> = new Map();
  private readonly limiter: Limiter;
  private readonly commands: CommandStore;
  /** Commands being carried out here, so that a repeat waits for the first instead of racing it. */
  private readonly running = new Map<string, Promise<string>>();

  constructor(
    private readonly link: NatsLink,
    private readonly transactions: TransactionRunner,
    @InjectConnection() connection: Connection,
    sealer: DataSealer,
    @Inject(MESSAGING_SETTINGS) private readonly settings: MessagingSettings,
  ) {
    this.limiter = new Limiter(settings.tuning.rpcConcurrency);
    this.commands = new CommandStore(connection, sealer);
  }

  /** Makes the database ready for commands; needs no NATS. */
  async prepare(handlers: ReadonlyMap<RpcContract, RpcHandlerFunction>): Promise<void> {
    this.handlers = handlers;
    await this.commands.ensureIndexes(this.settings.tuning.commandRetentionDays);
  }

  /** Takes requests from now on. Resolves when the server knows, or has become unavailable: it learns of them after reconnecting. */
  async start(): Promise<void> {
    for (const [contract, handler] of this.handlers) {
      const callback = (error: Error | null, message: Msg): void => {
        if (error) this.logger.error(error, `Subscription to ${contract.subject} failed.`);
        else void this.limiter.run(() => this.answer(contract, handler, message));
      };
      this.subscriptions.push(this.link.nc.subscribe(contract.subject, { queue: this.settings.app, callback }));
    }
    await this.link.ping().catch(() => false);
  }

  /** Takes no more requests, and waits until those in hand are answered. */
  async stop(): Promise<void> {
    const drained = this.subscriptions.splice(0).map((subscription) => subscription.drain().catch(() => undefined));
    await Promise.race([Promise.all(drained), delay(1_000, undefined, { ref: false })]);
    await this.limiter.idle();
  }

  private async answer(contract: RpcContract, handler: RpcHandlerFunction, message: Msg): Promise<void> {
    const started = performance.now();
    let outcome = 'ok';
    let reply: Uint8Array;
    try {
      const attributes = { 'rpc.system': 'nats', 'rpc.method': contract.subject };
      const parent = traceContextOf(message.headers);
      const value = await inSpan(`serve ${contract.subject}`, SpanKind.SERVER, attributes, parent, () =>
        this.perform(contract, handler, message),
      );
      reply = encodeText(`{"ok":true,"value":${value}}`);
    } catch (error) {
      const failure = this.expected(error, contract);
      outcome = failure.code;
      reply = encodeJson(failureOf(failure));
    }
    this.settings.observer.rpcServed(contract.subject, outcome, performance.now() - started);
    try {
      message.respond(reply);
    } catch (error) {
      // Too large, or the connection is closing. The caller asks again; a command's reply is stored.
      this.logger.error(error, `The reply to ${contract.subject} could not be sent.`);
    }
  }

  /** @returns the reply's value as JSON */
  private async perform(contract: RpcContract, handler: RpcHandlerFunction, message: Msg): Promise<string> {
    const context = contextOf(message);
    const request = requestOf(contract, message);
    if (contract.kind === 'query') return JSON.stringify(await handler(request, context));
    const commandId = message.headers?.get(HEADER.commandId) ?? '';
    if (!COMMAND_ID.test(commandId)) throw invalid(`${HEADER.commandId} is missing or malformed: a command needs one.`);
    const key = {
      organizationId: context.organizationId,
      commandId,
      subject: contract.subject,
      requestHash: hashOf(request),
    };
    return this.once(key, () => this.carryOut(key, request, context, handler));
  }

  /** One at a time for one command id in this process; across replicas the unique row decides. */
  private async once(key: CommandKey, work: () => Promise<string>): Promise<string> {
    const id = idOf(key);
    for (let first = this.running.get(id); first; first = this.running.get(id)) await first.catch(() => undefined);
    const result = work().finally(() => {
      if (this.running.get(id) === result) this.running.delete(id);
    });
    this.running.set(id, result);
    return result;
  }

  private async carryOut(
    key: CommandKey,
    request: object,
    context: QueryContext,
    handler: RpcHandlerFunction,
  ): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      try {
        const work = async (tx: Transaction): Promise<string> => {
          const stored = await this.commands.replyTo(key, tx.session);
          if (stored !== null) return stored;
          const withTx: RpcContext = { ...context, commandId: key.commandId, tx };
          const reply = JSON.stringify(await handler(request, withTx));
          await this.commands.remember(key, reply, tx.session);
          return reply;
        };
        return await this.transactions.run(work, { actor: context.actor });
      } catch (error) {
        // A repeat on another replica may have won; then its reply is the answer, whatever failed here.
        const stored = await this.commands.replyTo(key);
        if (stored !== null) return stored;
        const conflict = error instanceof CodedError && error.code === RPC_ERROR_CODES.conflict;
        if (!conflict || tries === CONFLICT_TRIES || Date.now() > context.deadline.getTime()) throw error;
        await delay(Math.random() * CONFLICT_PAUSE_MS * 2 ** tries);
      }
    }
  }

  private expected(error: unknown, contract: RpcContract): CodedError {
    if (error instanceof ContractViolation && error.contract === contract.request.name) {
      return new CodedError(RPC_ERROR_CODES.invalidRequest, error.message, { issues: error.issues });
    }
    if (isDatabaseUnavailable(error)) {
      this.logger.warn(`${contract.subject}: the database is not available: ${String(error)}`);
      return new CodedError(RPC_ERROR_CODES.unavailable, `${contract.owner} cannot reach its database; try again.`);
    }
    const known = [...contract.errors, ...Object.values<string>(RPC_ERROR_CODES)];
    if (error instanceof CodedError && known.includes(error.code)) return error;
    const undeclared = error instanceof CodedError ? ` Its code ${error.code} is not among the contract's errors.` : '';
    this.logger.error(error, `${contract.subject} failed.${undeclared}`);
    return new CodedError(
      RPC_ERROR_CODES.internal,
      `${contract.owner} failed to answer ${contract.subject}; its log says why.`,
    );
  }
}

function invalid(message: string): CodedError {
  return new CodedError(RPC_ERROR_CODES.invalidRequest, message);
}

function contextOf({ headers }: Msg): QueryContext {
  const deadline = Number(headers?.get(HEADER.deadline) ?? NaN);
  if (!Number.isSafeInteger(deadline)) throw invalid(`${HEADER.deadline} is missing: milliseconds since the epoch.`);
  if (deadline < Date.now()) {
    throw new CodedError(
      RPC_ERROR_CODES.deadlineExceeded,
      'The deadline had passed before the work began; nothing was done.',
    );
  }
  const actor = decodeActor(headers?.get(HEADER.actor));
  return {
    organizationId: organizationOf(headers?.get(HEADER.organization) ?? ''),
    deadline: new Date(deadline),
    ...(actor ? { actor } : {}),
  };
}

function organizationOf(text: string): OrganizationId {
  try {
    return organizationId(text);
  } catch {
    throw invalid(`${HEADER.organization} is missing or malformed.`);
  }
}

/** Unknown fields are ignored, so that versions can roll. */
function requestOf(contract: RpcContract, message: Msg): object {
  let json: unknown;
  try {
    json = decodeJson(message.data);
  } catch {
    throw invalid('The request is not JSON.');
  }
  return parseContract(contract.request, json, 'ignore');
}
