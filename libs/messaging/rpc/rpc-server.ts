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
  parseOrganizationId,
  TransactionRunner,
  type OrganizationId,
  type Transaction,
} from '#libs/persistence/index.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';
import { CommandStore, hashRequest, toRowId, type CommandKey } from './command-store.js';
import type { QueryContext, CommandContext } from '../handlers/handlers.js';
import { NatsLink } from '../link/nats-link.js';
import { MESSAGING_SETTINGS, type MessagingSettings } from '../options/options.js';
import { Limiter } from '../link/limiter.js';
import { inSpan } from '../link/tracing.js';
import {
  decodeActor,
  decodeJson,
  encodeJson,
  encodeText,
  toFailureReply,
  HEADER,
  toTraceContext,
} from '../link/wire.js';

/** A handler method of an RPC. */
export type RpcHandlerFunction = (request: object, context: QueryContext) => Promise<object>;

const MAX_CONFLICT_ATTEMPTS = 5;
/** The ceiling of the random pause after a conflict. It doubles with each attempt. */
const CONFLICT_PAUSE_MS = 20;
const COMMAND_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._~:-]{0,199}$/;

/** Serves the RPCs that an app owns. Replicas share the requests in a queue group. */
@Injectable()
export class RpcServer {
  private readonly logger = new Logger('Rpc');
  private readonly subscriptions: Subscription[] = [];
  private handlers: ReadonlyMap<RpcContract, RpcHandlerFunction> = new Map();
  private readonly limiter: Limiter;
  private readonly commands: CommandStore;
  /** Commands in progress in this process by row id, so that a repeat waits for the first one to end. */
  private readonly runningCommands = new Map<string, Promise<string>>();

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

  /** Sets the handlers and creates the indexes of the command store. Does not need NATS. */
  async prepare(handlers: ReadonlyMap<RpcContract, RpcHandlerFunction>): Promise<void> {
    this.handlers = handlers;
    await this.commands.ensureIndexes(this.settings.tuning.commandRetentionDays);
  }

  /**
   * Starts to serve requests. Resolves when the NATS server has the subscriptions, or when it is unavailable: the NATS
   * client subscribes again after a reconnect.
   */
  async start(): Promise<void> {
    for (const [contract, handler] of this.handlers) {
      const callback = (error: Error | null, message: Msg): void => {
        if (error) this.logger.error(error, `Subscription to ${contract.subject} failed.`);
        else void this.limiter.run(() => this.respond(contract, handler, message));
      };
      this.subscriptions.push(this.link.nc.subscribe(contract.subject, { queue: this.settings.app, callback }));
    }
    await this.link.ping().catch(() => false);
  }

  /** Stops accepting requests and waits until those in progress have their replies. */
  async stop(): Promise<void> {
    const drained = this.subscriptions.splice(0).map((subscription) => subscription.drain().catch(() => undefined));
    await Promise.race([Promise.all(drained), delay(1_000, undefined, { ref: false })]);
    await this.limiter.idle();
  }

  private async respond(contract: RpcContract, handler: RpcHandlerFunction, message: Msg): Promise<void> {
    const started = performance.now();
    let outcome = 'ok';
    let reply: Uint8Array;
    try {
      const attributes = { 'rpc.system': 'nats', 'rpc.method': contract.subject };
      const parent = toTraceContext(message.headers);
      const value = await inSpan(`serve ${contract.subject}`, SpanKind.SERVER, attributes, parent, () =>
        this.perform(contract, handler, message),
      );
      reply = encodeText(`{"ok":true,"value":${value}}`);
    } catch (error) {
      const failure = this.toReplyError(error, contract);
      outcome = failure.code;
      reply = encodeJson(toFailureReply(failure));
    }
    this.settings.observer.rpcServed(contract.subject, outcome, performance.now() - started);
    try {
      message.respond(reply);
    } catch (error) {
      // The reply is too large, or the connection is closing. The caller retries; the reply of a command is stored.
      this.logger.error(error, `Cannot send the reply to ${contract.subject}.`);
    }
  }

  /** @returns the value of the reply as JSON */
  private async perform(contract: RpcContract, handler: RpcHandlerFunction, message: Msg): Promise<string> {
    const context = toContext(message);
    const request = parseRequest(contract, message);
    if (contract.kind === 'query') return JSON.stringify(await handler(request, context));
    const commandId = message.headers?.get(HEADER.commandId) ?? '';
    if (!COMMAND_ID_PATTERN.test(commandId))
      throw createInvalidRequestError(`${HEADER.commandId} is missing or malformed. Every command needs one.`);
    const key = {
      organizationId: context.organizationId,
      commandId,
      subject: contract.subject,
      requestHash: hashRequest(request),
    };
    return this.runExclusively(key, () => this.execute(key, request, context, handler));
  }

  /**
   * Runs commands with the same id one at a time in this process. Across replicas, the unique key of the command row
   * ensures that only one transaction commits.
   */
  private async runExclusively(key: CommandKey, work: () => Promise<string>): Promise<string> {
    const id = toRowId(key);
    for (let earlier = this.runningCommands.get(id); earlier; earlier = this.runningCommands.get(id))
      await earlier.catch(() => undefined);
    const result = work().finally(() => {
      if (this.runningCommands.get(id) === result) this.runningCommands.delete(id);
    });
    this.runningCommands.set(id, result);
    return result;
  }

  private async execute(
    key: CommandKey,
    request: object,
    context: QueryContext,
    handler: RpcHandlerFunction,
  ): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const work = async (tx: Transaction): Promise<string> => {
          const stored = await this.commands.findReply(key, tx.session);
          if (stored !== null) return stored;
          const commandContext: CommandContext = { ...context, commandId: key.commandId, tx };
          const reply = JSON.stringify(await handler(request, commandContext));
          await this.commands.storeReply(key, reply, tx.session);
          return reply;
        };
        return await this.transactions.run(work, { actor: context.actor });
      } catch (error) {
        // Another replica may have executed the same command. Then its stored reply is returned instead of this error.
        const stored = await this.commands.findReply(key);
        if (stored !== null) return stored;
        const isConflict = error instanceof CodedError && error.code === RPC_ERROR_CODES.conflict;
        if (!isConflict || attempt === MAX_CONFLICT_ATTEMPTS || Date.now() > context.deadline.getTime()) throw error;
        await delay(Math.random() * CONFLICT_PAUSE_MS * 2 ** attempt);
      }
    }
  }

  private toReplyError(error: unknown, contract: RpcContract): CodedError {
    if (error instanceof ContractViolation && error.contract === contract.request.name) {
      return new CodedError(RPC_ERROR_CODES.invalidRequest, error.message, { issues: error.issues });
    }
    if (isDatabaseUnavailable(error)) {
      this.logger.warn(`${contract.subject}: database unavailable: ${String(error)}`);
      return new CodedError(RPC_ERROR_CODES.unavailable, `${contract.owner} cannot reach its database; try again.`);
    }
    const declaredCodes = [...contract.errors, ...Object.values<string>(RPC_ERROR_CODES)];
    if (error instanceof CodedError && declaredCodes.includes(error.code)) return error;
    const advice = error instanceof CodedError ? ` The contract does not declare the error code ${error.code}.` : '';
    this.logger.error(error, `${contract.subject} failed.${advice}`);
    return new CodedError(
      RPC_ERROR_CODES.internal,
      `${contract.owner} failed to serve ${contract.subject}; see its log.`,
    );
  }
}

function createInvalidRequestError(message: string): CodedError {
  return new CodedError(RPC_ERROR_CODES.invalidRequest, message);
}

function toContext({ headers }: Msg): QueryContext {
  const deadline = Number(headers?.get(HEADER.deadline) ?? NaN);
  if (!Number.isSafeInteger(deadline))
    throw createInvalidRequestError(
      `${HEADER.deadline} is missing or is not a number of milliseconds since the epoch.`,
    );
  if (deadline < Date.now()) {
    throw new CodedError(
      RPC_ERROR_CODES.deadlineExceeded,
      'The deadline passed before the request was handled; nothing was done.',
    );
  }
  const actor = decodeActor(headers?.get(HEADER.actor));
  return {
    organizationId: parseOrganization(headers?.get(HEADER.organization) ?? ''),
    deadline: new Date(deadline),
    ...(actor ? { actor } : {}),
  };
}

function parseOrganization(text: string): OrganizationId {
  try {
    return parseOrganizationId(text);
  } catch {
    throw createInvalidRequestError(`${HEADER.organization} is missing or malformed.`);
  }
}

/** Unknown fields are ignored, so that old and new versions can run side by side. */
function parseRequest(contract: RpcContract, message: Msg): object {
  let json: unknown;
  try {
    json = decodeJson(message.data);
  } catch {
    throw createInvalidRequestError('The request is not JSON.');
  }
  return parseContract(contract.request, json, 'ignore');
}
