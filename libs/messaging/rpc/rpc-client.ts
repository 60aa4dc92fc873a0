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
import { encodeActor, encodeJson, HEADER, toHeaders, traceEntries, parseReply } from '../link/wire.js';

export interface CallOptions {
  readonly organizationId: string;
  /**
   * Idempotency key of a command: repeats with the same id have one effect. Generated when absent; ignored by queries.
   */
  readonly commandId?: string;
  /** The principal of the request. The events of a command carry it. */
  readonly actor?: Actor;
  /** Timeout of the whole call, including retries. Default: `rpcTimeoutMs`. */
  readonly timeoutMs?: number;
}

interface RequestHeaders {
  readonly organizationId: string;
  readonly commandId: string | undefined;
  readonly actor: Actor | undefined;
}

const MIN_PAUSE_MS = 50;
const MAX_PAUSE_MS = 500;

/** Calls other apps. */
@Injectable()
export class RpcClient {
  constructor(
    private readonly link: NatsLink,
    @Inject(MESSAGING_SETTINGS) private readonly settings: MessagingSettings,
  ) {}

  /**
   * Sends a request to the owner of `contract`. It retries until the deadline when no replica answers, which hides
   * restarts of the owner and of the broker. Commands carry an id by which the owner recognizes a repeat. During a
   * longer outage of the broker it fails at once with `unavailable`.
   * @throws CodedError with one of the contract's codes or one of `RPC_ERROR_CODES`
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
        const value = await this.requestUntilDeadline(contract, encodeJson(request), headers, deadline);
        return parseContract(contract.reply, value, 'ignore');
      });
    } catch (error) {
      outcome = error instanceof CodedError ? error.code : RPC_ERROR_CODES.internal;
      throw error;
    } finally {
      observer.rpcCalled(contract.subject, outcome, performance.now() - started);
    }
  }

  private async requestUntilDeadline(
    contract: RpcContract,
    body: Uint8Array,
    { organizationId, commandId, actor }: RequestHeaders,
    deadline: number,
  ): Promise<unknown> {
    const headers = toHeaders({
      ...traceEntries(),
      [HEADER.organization]: organizationId,
      [HEADER.commandId]: commandId,
      [HEADER.actor]: encodeActor(actor),
      [HEADER.deadline]: String(deadline),
    });
    let pause = MIN_PAUSE_MS;
    /**
     * The error of a request that was sent and not answered. It takes precedence over the errors of retries, because
     * the request may have taken effect.
     */
    let unanswered: CodedError | undefined;
    for (;;) {
      if (!(await this.link.whenReconnected(deadline - Date.now()))) throw unanswered ?? brokerUnavailable();
      let failure: CodedError;
      try {
        const timeout = Math.max(1, Math.min(deadline - Date.now(), this.settings.tuning.rpcAttemptMs));
        const message = await this.link.nc.request(contract.subject, body, { timeout, headers });
        return parseReply(message.data);
      } catch (error) {
        failure = toRetriableError(error, contract);
      }
      if (failure.code === RPC_ERROR_CODES.deadlineExceeded) unanswered ??= failure;
      if (Date.now() + pause >= deadline) throw unanswered ?? failure;
      await delay(pause);
      pause = Math.min(pause * 2, MAX_PAUSE_MS);
    }
  }
}

const brokerUnavailable = (): CodedError =>
  new CodedError(RPC_ERROR_CODES.unavailable, 'NATS cannot be reached; nothing was done.');

/**
 * Returns the error to throw when no time is left for a retry.
 * @throws the original error when a retry cannot succeed
 */
function toRetriableError(error: unknown, contract: RpcContract): CodedError {
  if (error instanceof errors.TimeoutError || error instanceof errors.ConnectionError) {
    const advice =
      contract.kind === 'command' ? ' The command may have been executed: repeat it with the same commandId.' : '';
    return new CodedError(
      RPC_ERROR_CODES.deadlineExceeded,
      `${contract.owner} did not answer ${contract.subject} in time.${advice}`,
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
