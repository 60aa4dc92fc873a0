import { Inject, Injectable } from '@nestjs/common';
import { errors } from '@nats-io/nats-core';
import { context, SpanKind } from '@opentelemetry/api';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parseContract } from '#libs/contracts/fields/index.js';
import { CodedError, RPC_ERROR_CODES, type Actor, type RpcContract } from '#libs/contracts/kernel/index.js';
import { NatsLink } from '../link/nats-link.js';
import { MESSAGING_SETTINGS, type MessagingSettings } from '../options/options.js';
import { inSpan } from '../link/tracing.js';
import { encodeActor, encodeJson, HEADER, headersOf, traceEntries, valueOf } from '../link/wire.js';

export interface CallOptions {
  readonly organizationId: string;
  /** The same command repeated with the same id has its effect once. Generated when absent; ignored by queries. */
  readonly commandId?: string;
  /** Who asks; the events of a command say so. */
  readonly actor?: Actor;
  /** For the whole call, retries included. */
  readonly timeoutMs?: number;
}

interface RequestHeaders {
  readonly organizationId: string;
  readonly commandId: string | undefined;
  readonly actor: Actor | undefined;
}

const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;

/** Calls other apps. */
@Injectable()
export class RpcClient {
  constructor(
    private readonly link: NatsLink,
    @Inject(MESSAGING_SETTINGS) private readonly settings: MessagingSettings,
  ) {}

  /**
   * Asks the owner of `contract`. Silence and absence are retried until the deadline, so the restart of an owner or of the broker
   * is not seen: commands carry an id by which the owner recognises a repeat. While the broker is unavailable for longer, it fails
   * at once with `unavailable`.
   * @throws CodedError with one of the contract's codes or of `RPC_ERROR_CODES`
   */
  async call<Q extends object, R extends object>(
    contract: RpcContract<Q, R>,
    request: Q,
    options: CallOptions,
  ): Promise<R> {
    const { app, observer, tuning } = this.settings;
    if (!contract.callers.includes(app))
      throw new Error(`${contract.subject}: the registry does not name ${app} as a caller.`);
    const started = performance.now();
    const commandId = contract.kind === 'command' ? (options.commandId ?? randomUUID()) : undefined;
    const deadline = Date.now() + (options.timeoutMs ?? tuning.rpcTimeoutMs);
    const attributes = {
      'rpc.system': 'nats',
      'rpc.method': contract.subject,
      'delauto.organization': options.organizationId,
    };
    let outcome = 'ok';
    try {
      return await inSpan(`call ${contract.subject}`, SpanKind.CLIENT, attributes, context.active(), async () => {
        const headers = { organizationId: options.organizationId, commandId, actor: options.actor };
        const value = await this.untilAnswered(contract, encodeJson(request), headers, deadline);
        return parseContract(contract.reply, value, 'ignore');
      });
    } catch (error) {
      outcome = error instanceof CodedError ? error.code : RPC_ERROR_CODES.internal;
      throw error;
    } finally {
      observer.rpcCalled(contract.subject, outcome, performance.now() - started);
    }
  }

  private async untilAnswered(
    contract: RpcContract,
    body: Uint8Array,
    { organizationId, commandId, actor }: RequestHeaders,
    deadline: number,
  ): Promise<unknown> {
    const headers = headersOf({
      ...traceEntries(),
      [HEADER.organization]: organizationId,
      [HEADER.commandId]: commandId,
      [HEADER.actor]: encodeActor(actor),
      [HEADER.deadline]: String(deadline),
    });
    let pause = SHORTEST_PAUSE_MS;
    /** Of a request that was sent and not answered: whatever happens to later ones, it may have had its effect. */
    let unanswered: CodedError | undefined;
    for (;;) {
      if (!(await this.link.whenReconnected(deadline - Date.now()))) throw unanswered ?? brokerUnavailable();
      let failure: CodedError;
      try {
        const timeout = Math.max(1, Math.min(deadline - Date.now(), this.settings.tuning.rpcAttemptMs));
        const message = await this.link.nc.request(contract.subject, body, { timeout, headers });
        return valueOf(message.data);
      } catch (error) {
        failure = retriable(error, contract);
      }
      if (failure.code === RPC_ERROR_CODES.deadlineExceeded) unanswered ??= failure;
      if (Date.now() + pause >= deadline) throw unanswered ?? failure;
      await delay(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }
}

const brokerUnavailable = (): CodedError =>
  new CodedError(RPC_ERROR_CODES.unavailable, 'NATS cannot be reached; nothing was done.');

/**
 * What to throw if there is no time left to try again.
 * @throws what no repetition would change
 */
function retriable(error: unknown, contract: RpcContract): CodedError {
  if (error instanceof errors.TimeoutError || error instanceof errors.ConnectionError) {
    const hint = contract.kind === 'command' ? ' It may have happened: repeat it with the same commandId.' : '';
    return new CodedError(
      RPC_ERROR_CODES.deadlineExceeded,
      `${contract.owner} did not answer ${contract.subject} in time.${hint}`,
    );
  }
  if (error instanceof errors.RequestError && error.isNoResponders()) {
    return new CodedError(
      RPC_ERROR_CODES.unavailable,
      `No replica of ${contract.owner} serves ${contract.subject}; nothing was done.`,
    );
  }
  if (error instanceof CodedError && error.code === RPC_ERROR_CODES.unavailable) return error;
  throw error;
}
