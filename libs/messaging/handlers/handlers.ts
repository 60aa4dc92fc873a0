import { applyDecorators, Catch, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import type { Actor, EventContract, EventEnvelope, RpcContract } from '#libs/contracts/kernel/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';

/** Marks the handlers of the mesh, so that no other transport of a hybrid app takes them. */
export const MESH = Symbol('mesh');

/** What an event handler is given beside the event. */
export interface EventContext {
  /** Effects go through it: they are committed together with the fact that the event was handled. */
  readonly tx: Transaction;
  readonly organizationId: OrganizationId;
  /** From 1. A second delivery does not mean that the first had an effect. */
  readonly deliveryCount: number;
  /** It comes from the dead letters. */
  readonly redriven: boolean;
}

/** What a query's handler is given beside the request. */
export interface QueryContext {
  readonly organizationId: OrganizationId;
  /** Who asks; absent when an app asks by itself. */
  readonly actor?: Actor;
  /** After it nobody waits for the reply. */
  readonly deadline: Date;
}

/** What a command's handler is given beside the request. */
export interface RpcContext extends QueryContext {
  /** Unique for this command of this organisation; its repeats never reach a handler. */
  readonly commandId: string;
  /** Effects go through it: they are committed together with the reply. Commands only: a query has none. */
  readonly tx: Transaction;
}

type EventHandler<P extends object> = (event: EventEnvelope<P>, context: EventContext) => Promise<void>;
type RpcHandler<Q extends object, R extends object> = (request: Q, context: RpcContext) => Promise<R>;

/** Takes any method that can stand where `H` is called: it may ignore parameters it does not need. */
type HandlerDecorator<H> = <M extends H>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

/** Nest's own filter turns every error into "Internal server error" and swallows it; the transport must see the error. */
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

/** What a handler of events says of itself. */
export interface EventHandlerOptions {
  /**
   * Whether handling this event keeps nothing, so that doing it twice does no harm: it is then handled at once, without
   * transaction and inbox, and `context.tx` may not be used.
   */
  readonly keepsNothing?: (event: EventEnvelope) => boolean;
}

/**
 * Handles an event of another app: `(event, context)`. May run again from the start after a transient database error or
 * a crash: it must have no effect but through `context.tx`. Throwing leads to a later redelivery, and in the end to the
 * dead letters.
 */
export function OnEvent<P extends object>(
  contract: EventContract<P>,
  options: EventHandlerOptions = {},
): HandlerDecorator<EventHandler<P>> {
  return meshHandler(EventPattern<string>(contract.subject, MESH, { contracts: [contract], options }));
}

/** As `OnEvent`, for a handler that treats several kinds of events alike, such as a projection of all of them. */
export function OnEvents(
  contracts: readonly EventContract[],
  options: EventHandlerOptions = {},
): HandlerDecorator<EventHandler<object>> {
  const subjects = contracts.map((contract) => contract.subject);
  return meshHandler(EventPattern<string[]>(subjects, MESH, { contracts, options }));
}

/**
 * Answers an RPC: `(request, context)`. An expected failure is a `CodedError` with one of the contract's codes: it
 * answers the caller and rolls a command back. A command may run again from the start, as an event handler may.
 */
export function OnRpc<Q extends object, R extends object>(
  contract: RpcContract<Q, R>,
): HandlerDecorator<RpcHandler<Q, R>> {
  return meshHandler(MessagePattern(contract.subject, MESH, { contracts: [contract] }));
}
