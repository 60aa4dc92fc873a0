import { applyDecorators, Catch, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import type { Actor, EventContract, EventEnvelope, RpcContract } from '#libs/contracts/kernel/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';

/** Transport id of messaging handlers, so that other transports of a hybrid Nest app do not register them. */
export const MESH = Symbol('mesh');

/** The context that an event handler receives with the event. */
export interface EventContext {
  /** The transaction for all effects. It also commits the inbox row of the event. */
  readonly tx: Transaction;
  readonly organizationId: OrganizationId;
  /** Counts from 1. A count above 1 does not mean that an earlier delivery had an effect. */
  readonly deliveryCount: number;
  /** Whether an operator redrove the event from the dead letters. */
  readonly redriven: boolean;
}

/** The context that a query handler receives with the request. */
export interface QueryContext {
  readonly organizationId: OrganizationId;
  /** The principal of the request; absent when an app acts on its own behalf. */
  readonly actor?: Actor;
  /** The time when the caller stops waiting for the reply. */
  readonly deadline: Date;
}

/** The context that a command handler receives with the request. */
export interface CommandContext extends QueryContext {
  /** Unique for this command within the organization. A repeat gets the stored reply, and the handler does not run. */
  readonly commandId: string;
  /** The transaction for all effects. It also commits the stored reply. Only commands have one. */
  readonly tx: Transaction;
}

type EventHandler<P extends object> = (event: EventEnvelope<P>, context: EventContext) => Promise<void>;
type RpcHandler<Q extends object, R extends object> = (request: Q, context: CommandContext) => Promise<R>;

/** Decorates any method that is assignable to `H`: the method may omit parameters that it does not need. */
type HandlerDecorator<H> = <M extends H>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

/** Nest's default filter replaces every error with "Internal server error". The transport needs the original error. */
@Catch()
class RethrowFilter implements ExceptionFilter {
  catch(error: unknown): never {
    throw error;
  }
}

function meshHandler<H>(pattern: MethodDecorator): HandlerDecorator<H> {
  const method = applyDecorators(pattern, UseFilters(RethrowFilter));
  return (target, key, descriptor) => {
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    method(target, key, descriptor);
  };
}

/** Options of an event handler. */
export interface EventHandlerOptions {
  /**
   * Whether the handler has no stored effect for this event, so that handling it twice is harmless. Such an event is
   * handled without a transaction and without an inbox row, and the handler must not use `context.tx`.
   */
  readonly hasNoStoredEffect?: (event: EventEnvelope) => boolean;
}

/**
 * Declares a method `(event, context)` as the handler of another app's event. The method may run again from the start
 * after a transient database error or a crash, so every effect must go through `context.tx`. When it throws, the event
 * is redelivered later, and dead-lettered after the last retry.
 */
export function OnEvent<P extends object>(
  contract: EventContract<P>,
  options: EventHandlerOptions = {},
): HandlerDecorator<EventHandler<P>> {
  return meshHandler(EventPattern<string>(contract.subject, MESH, { contracts: [contract], options }));
}

/** As `OnEvent`, for one handler of several event types, such as a projection. */
export function OnEvents(
  contracts: readonly EventContract[],
  options: EventHandlerOptions = {},
): HandlerDecorator<EventHandler<object>> {
  const subjects = contracts.map((contract) => contract.subject);
  return meshHandler(EventPattern<string[]>(subjects, MESH, { contracts, options }));
}

/**
 * Declares a method `(request, context)` as the handler of an RPC. For an expected failure it throws a `CodedError`
 * with one of the contract's codes: the caller receives the error, and a command is rolled back. Like an event handler,
 * a command handler may run again from the start.
 */
export function OnRpc<Q extends object, R extends object>(
  contract: RpcContract<Q, R>,
): HandlerDecorator<RpcHandler<Q, R>> {
  return meshHandler(MessagePattern(contract.subject, MESH, { contracts: [contract] }));
}
