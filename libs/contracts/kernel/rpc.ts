import type { ContractClass } from '../fields/index.js';
import type { AppName } from './apps.js';

/**
 * One query or command between apps, over NATS request/reply. A `command` changes something and carries a `commandId`:
 * the owner runs it at most once and returns the stored reply to repeated requests. A `query` changes nothing and can
 * be repeated freely.
 */
export interface RpcContract<Q extends object = object, R extends object = object> {
  readonly kind: 'query' | 'command';
  /** `rpc.<owner>.<aggregate>.<verb>.v<version>` */
  readonly subject: string;
  readonly owner: AppName;
  readonly request: ContractClass<Q>;
  readonly reply: ContractClass<R>;
  /** The expected error codes, in addition to those of every RPC (see `RPC_ERROR_CODES`). */
  readonly errors: readonly string[];
  readonly callers: readonly AppName[];
  readonly summary: string;
}

function define<Q extends object, R extends object>(
  kind: 'query' | 'command',
  rpc: Omit<RpcContract<Q, R>, 'kind' | 'owner' | 'errors'> & { errors?: readonly string[] },
): RpcContract<Q, R> {
  return { ...rpc, kind, errors: rpc.errors ?? [], owner: rpc.subject.split('.')[1] as AppName };
}

type RpcDefinition<Q extends object, R extends object> = Parameters<typeof define<Q, R>>[1];

/** Declares the contract of a query. Derives the owner from the subject. */
export const defineQuery = <Q extends object, R extends object>(rpc: RpcDefinition<Q, R>): RpcContract<Q, R> =>
  define('query', rpc);

/** Declares the contract of a command. Derives the owner from the subject. */
export const defineCommand = <Q extends object, R extends object>(rpc: RpcDefinition<Q, R>): RpcContract<Q, R> =>
  define('command', rpc);
