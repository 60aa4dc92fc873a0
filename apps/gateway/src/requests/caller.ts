import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '#libs/contracts/index.js';
import type { CallOptions } from '#libs/messaging/index.js';
import { toCommandId } from './idempotency-key.js';
import { readExpectedRevision } from './revision.js';
import { Problem } from '../problems/problems.module.js';
import type { Identity, Member } from '../principals/principals.module.js';

/** The member who makes the request, and the options for RPCs on their behalf. */
export class Caller {
  constructor(
    readonly identity: Member,
    /** Options for every RPC: organization, actor, and the command id if an `Idempotency-Key` was sent. */
    readonly options: CallOptions,
    /** The revision from `If-Match`. */
    readonly expectedRevision: number | undefined,
  ) {}

  /** `expectedRevision` as an object to spread into an RPC request; empty if `If-Match` was not sent. */
  get expected(): { readonly expectedRevision?: number } {
    return this.expectedRevision === undefined ? {} : { expectedRevision: this.expectedRevision };
  }

  get organizationId(): Member['organizationId'] {
    return this.identity.organizationId;
  }

  /** @throws Problem 403 if the caller is not an agent */
  get agentId(): string {
    if (this.identity.role !== 'agent') throw Problem.forbidden();
    return this.identity.agentId;
  }
}

export type IdentifiedRequest = FastifyRequest & { identity?: Identity };

const BEARER_PATTERN = /^bearer +([^ ]+) *$/i;

/** Returns the credential of a `Bearer` `Authorization` header. */
export function readBearer({ headers: { authorization } }: Pick<FastifyRequest, 'headers'>): string | undefined {
  return authorization === undefined ? undefined : BEARER_PATTERN.exec(authorization)?.[1];
}

/**
 * Parameter decorator: the member who makes the request.
 * @throws Problem 403 for the operator, who is not a member
 */
export const AsCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const request = context.switchToHttp().getRequest<IdentifiedRequest>();
  const { identity } = request;
  if (!identity || identity.role === 'operator') throw Problem.forbidden();
  const commandId = toCommandId(request);
  const options = {
    organizationId: identity.organizationId,
    actor: toActor(identity),
    ...(commandId === undefined ? {} : { commandId }),
  };
  return new Caller(identity, options, readExpectedRevision(request));
});

/** Returns the actor that audit records and events name for an identity. */
export function toActor(identity: Identity): Actor {
  if (identity.role === 'operator') return { kind: 'operator', id: 'operator' };
  if ('userId' in identity) return { kind: 'user', id: identity.userId };
  if ('keyId' in identity) return { kind: 'api_key', id: identity.keyId };
  return { kind: 'agent', id: identity.agentId };
}
