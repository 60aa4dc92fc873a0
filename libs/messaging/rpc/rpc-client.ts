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
import { encodeActor, encodeJson, HEADER, toHeaders, getTraceEntries, parseReply } from '../link/wire.js';

/** Options of `RpcClient.call`. */
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

/** The pause before the first retry. It doubles with each retry, up to `MAX_PAUSE_MS`. */
const MIN_PAUSE_MS = 50;
const MAX_PAUSE_MS = 500;

/** Calls other apps by RPC. */
@Injectable()
export class RpcClient {
  constructor(
    private readonly link: NatsLink,
    @Inject(MESSAGING_SETTINGS) private readonly settings: MessagingSettings,
  ) {}

  /**
   * Sends a request to the owner of `contract`. It retries until the deadline when no replica replies, so that callers
   * do not notice restarts of the owner or the broker. The owner recognizes a repeated command by its id. During a
   * longer outage of the broker the call fails at once with `unavailable`.
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
      ...getTraceEntries(),
      [HEADER.organization]: organizationId,
      [HEADER.commandId]: commandId,
      [HEADER.actor]: encodeActor(actor),
      [HEADER.deadline]: String(deadline),
    });
    let pauseMs = MIN_PAUSE_MS;
    /**
     * The error of a request that was sent and got no reply. It takes precedence over the errors of retries, because
     * the request may have taken effect.
     */
    let noReplyError: CodedError | undefined;
    for (;;) {
      if (!(await this.link.whenReconnected(deadline - Date.now())))
        throw noReplyError ?? createBrokerUnavailableError();
      let failure: CodedError;
      try {
        const timeout = Math.max(1, Math.min(deadline - Date.now(), this.settings.tuning.rpcAttemptMs));
        const message = await this.link.nc.request(contract.subject, body, { timeout, headers });
        return parseReply(message.data);
      } catch (error) {
        failure = toRetriableError(error, contract);
      }
      if (failure.code === RPC_ERROR_CODES.deadlineExceeded) noReplyError ??= failure;
      if (Date.now() + pauseMs >= deadline) throw noReplyError ?? failure;
      await delay(pauseMs);
      pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
    }
  }
}

const createBrokerUnavailableError = (): CodedError =>
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
      `${contract.owner} did not reply to ${contract.subject} in time.${advice}`,
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
