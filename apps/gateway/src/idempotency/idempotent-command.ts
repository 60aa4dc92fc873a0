import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { toActor, toCommandId, type IdentifiedRequest, findOperation } from '../requests/requests.module.js';
import { INSTALLATION_ORGANIZATION_ID } from '../principals/principals.module.js';
import { Problem } from '../problems/problems.module.js';
import { toRequestHash } from './idempotency-store.js';

/** A command that changes the gateway's own database, at most once if the request has an `Idempotency-Key`. */
export interface IdempotentCommand {
  /** The organization of the caller; `INSTALLATION_ORGANIZATION_ID` for the operator. */
  readonly organizationId: OrganizationId;
  readonly actor: Actor;
  /** The operation id. */
  readonly subject: string;
  /** Present if the request has an `Idempotency-Key`. Without a key, every repeat makes the change again. */
  readonly repeatable?: {
    readonly commandId: string;
    readonly key: string;
    readonly requestHash: string;
    /** Adds the header `Idempotency-Replayed` to the response. */
    readonly markReplayed: () => void;
  };
}

/** Parameter decorator: the idempotent command of the request. `AccessGuard` has checked the caller's permission. */
export const AsIdempotentCommand = createParamDecorator(
  (_data: unknown, context: ExecutionContext): IdempotentCommand => {
    const http = context.switchToHttp();
    const request = http.getRequest<IdentifiedRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { identity } = request;
    if (!identity) throw Problem.unauthorized();
    const commandId = toCommandId(request);
    return {
      organizationId: identity.role === 'operator' ? INSTALLATION_ORGANIZATION_ID : identity.organizationId,
      actor: toActor(identity),
      subject: findOperation(request)?.id ?? '',
      ...(commandId === undefined
        ? {}
        : {
            repeatable: {
              commandId,
              key: String(request.headers['idempotency-key']),
              requestHash: toRequestHash(request.method, request.url, request.body),
              markReplayed: () => void reply.header('idempotency-replayed', 'true'),
            },
          }),
    };
  },
);
