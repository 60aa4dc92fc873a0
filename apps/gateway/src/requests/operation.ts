import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { applyDecorators, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import type { ContractClass, JsonSchema } from '#libs/contracts/index.js';
import type { Permission } from '../principals/principals.module.js';
import type { CacheRule } from '../caching/caching.module.js';

/** Declares an API operation: permission, request, response and documentation. */
export interface OperationDescription {
  /** Stable and unique. It is the method name in the generated client, such as `createDelivery`. */
  readonly id: string;
  /** One sentence for the API reference. */
  readonly summary: string;
  readonly description?: string;
  /** The required permission; `public` needs no credential. */
  readonly access: Permission | 'public';
  readonly body?: ContractClass;
  /**
   * Schema of a JSON body that is not an object of a contract, instead of `body`. Needs `examples`; the handler parses
   * the body.
   */
  readonly bodySchema?: JsonSchema;
  /** Permitted media types of the body besides JSON. */
  readonly bodyMedia?: readonly string[];
  readonly query?: ContractClass;
  /** Contract of the path parameters, if they are not all ids. */
  readonly params?: ContractClass;
  /** Success status. Default: 204 without a reply, 201 for a POST with a reply, else 200. */
  readonly status?: number;
  /** Absent if the response has no JSON body. */
  readonly reply?: ContractClass;
  /** Media type of the response if it is not JSON. */
  readonly replyMedia?: string;
  /** Codes of problems that it can return besides those of every operation, such as `window_invalid`. */
  readonly errors?: readonly string[];
  /** The reply has a `revision`, which is returned as `ETag`. Supports `If-None-Match`. */
  readonly etag?: boolean;
  /** Supports `If-Match`: a different revision returns 412. The handler must forward `caller.expectedRevision`. */
  readonly ifMatch?: boolean;
  /** Supports `Idempotency-Key`. Default: true for POST and PATCH. */
  readonly idempotent?: boolean;
  /**
   * The response contains a secret that is shown once. It is not stored in Redis; the app that owns the
   * command returns the first reply to repeats.
   */
  readonly replyHasSecret?: boolean;
  /** Caches the reply. Only for data of a single app that publishes an event for every change. */
  readonly cache?: CacheRule;
  /** Maximum size of the body in bytes. Default: 64 KiB. */
  readonly bodyLimit?: number;
  /** Dates of deprecation and removal, returned in the headers `Deprecation` and `Sunset`. */
  readonly deprecated?: { readonly since: string; readonly sunset: string; readonly instead?: string };
  /** Examples of the body and the reply. Default: generated from the examples of their fields. */
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
 * Declares a route with all of its properties. Guards, validation, caching, the OpenAPI document, the generated client
 * and the permission tests read this declaration.
 * @param path relative to the controller's path, in Nest's notation: `:deliveryId/timeline`
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

/** Returns the operation of a request; `undefined` for health probes, documentation and unknown paths. */
export const findOperation = ({ routeOptions }: Pick<FastifyRequest, 'routeOptions'>): Operation | undefined =>
  (routeOptions.config as { operation?: Operation }).operation;
