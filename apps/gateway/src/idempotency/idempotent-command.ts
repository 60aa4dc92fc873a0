import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { actorOf, commandIdOf, type IdentifiedRequest, operationOf } from '../requests/requests.module.js';
import { INSTALLATION } from '../principals/principals.module.js';
import { Problem } from '../problems/problems.module.js';
import { requestHashOf } from './idempotency-store.js';

/** A change that the gateway itself makes, in its own database. */
export interface IdempotentCommand {
  /** Whose it is; the installation's where the operator asks. */
  readonly organizationId: OrganizationId;
  readonly actor: Actor;
  /** The operation's id. */
  readonly subject: string;
  /** From the `Idempotency-Key`; without one the change is made each time it is asked for. */
  readonly repeatable?: {
    readonly commandId: string;
    readonly key: string;
    readonly requestHash: string;
    /** Tells the client that the answer is an earlier one. */
    readonly markReplayed: () => void;
  };
}

/** The change a request asks the gateway itself for; the guard has made sure that whoever asks may. */
export const AsIdempotentCommand = createParamDecorator(
  (_data: unknown, context: ExecutionContext): IdempotentCommand => {
    const http = context.switchToHttp();
    const request = http.getRequest<IdentifiedRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { identity } = request;
    if (!identity) throw Problem.unauthorized();
    const commandId = commandIdOf(request);
    return {
      organizationId: identity.role === 'operator' ? INSTALLATION : identity.organizationId,
      actor: actorOf(identity),
      subject: operationOf(request)?.id ?? '',
      ...(commandId === undefined
        ? {}
        : {
            repeatable: {
              commandId,
              key: String(request.headers['idempotency-key']),
              requestHash: requestHashOf(request.method, request.url, request.body),
              markReplayed: () => void reply.header('idempotency-replayed', 'true'),
            },
          }),
    };
  },
);
