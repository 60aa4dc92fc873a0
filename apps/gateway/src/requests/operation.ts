import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { applyDecorators, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import type { ContractClass, JsonSchema } from '#libs/contracts/index.js';
import type { Permission } from '../principals/principals.module.js';
import type { CacheRule } from '../caching/caching.module.js';

/** One operation of the API: its route, who may use it, what goes in and what comes out. */
export interface OperationDescription {
  /** Stable and unique; names the method of the generated client: `createDelivery`. */
  readonly id: string;
  /** One sentence for the reference. */
  readonly summary: string;
  readonly description?: string;
  /** The permission it needs; `public` answers anybody. */
  readonly access: Permission | 'public';
  readonly body?: ContractClass;
  /** Of a JSON body that is no object of a contract, with `examples`; its handler reads it. Instead of `body`. */
  readonly bodySchema?: JsonSchema;
  /** Other media types the body may have, beside JSON. */
  readonly bodyMedia?: readonly string[];
  readonly query?: ContractClass;
  /** Path parameters, where they are not all ids. */
  readonly params?: ContractClass;
  /** Default: 201 for a POST that answers something, 204 where nothing is answered, else 200. */
  readonly status?: number;
  /** Absent where nothing is answered. */
  readonly reply?: ContractClass;
  /** Another media type than JSON. */
  readonly replyMedia?: string;
  /** Codes of the problems it may answer beside those that every operation has: `window_invalid`. */
  readonly errors?: readonly string[];
  /** The reply has a `revision`, told as `ETag`; `If-None-Match` is understood. */
  readonly etag?: boolean;
  /** `If-Match` is understood: another revision answers 412. The handler passes `caller.expectedRevision` on. */
  readonly ifMatch?: boolean;
  /** `Idempotency-Key` is understood. Default: on POST and PATCH. */
  readonly idempotent?: boolean;
  /** The answer holds a secret that is shown once: Redis does not keep it, and its owner answers the repeat. */
  readonly answersSecret?: boolean;
  /** The reply may be served from the cache. For what one owner answers from its own truth, and tells by events. */
  readonly cache?: CacheRule;
  /** Largest body in bytes. Default: 64 KiB. */
  readonly bodyLimit?: number;
  /** Since when its use is discouraged, and when it goes, as days: answered as `Deprecation` and `Sunset`. */
  readonly deprecated?: { readonly since: string; readonly sunset: string; readonly instead?: string };
  /** An example of the body and of the reply; by default made of those of their fields. */
  readonly examples?: { readonly body?: unknown; readonly reply?: unknown };
}

export type OperationMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Operation extends OperationDescription {
  readonly method: OperationMethod;
  readonly status: number;
  readonly idempotent: boolean;
}

export const OPERATION = 'delauto:operation';

/**
 * Declares a route and everything that is said of it. Guard, validation, caching, the OpenAPI document, the generated
 * client and the permission tests all read this one declaration.
 * @param path below the controller's, in Nest's notation: `:deliveryId/timeline`
 */
export function Operation(method: OperationMethod, path: string, description: OperationDescription): MethodDecorator {
  const operation: Operation = {
    ...description,
    method,
    status: description.status ?? (description.reply === undefined ? 204 : method === 'POST' ? 201 : 200),
    idempotent: description.idempotent ?? (method === 'POST' || method === 'PATCH'),
  };
  return applyDecorators(
    RequestMapping({ path, method: RequestMethod[method] }),
    HttpCode(operation.status),
    SetMetadata(OPERATION, operation),
    RouteConfig({ operation }),
  );
}

/** The operation a request is for; `undefined` for probes, documents, and what nobody serves. */
export const operationOf = ({ routeOptions }: Pick<FastifyRequest, 'routeOptions'>): Operation | undefined =>
  (routeOptions.config as { operation?: Operation }).operation;
