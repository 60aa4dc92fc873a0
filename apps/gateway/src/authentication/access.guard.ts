import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { readBearer, type IdentifiedRequest, type Operation, OPERATION } from '../requests/requests.module.js';
import { Problem } from '../problems/problems.module.js';
import { Authenticate } from './authenticate.js';
import { VerifiedCredentials } from './verified-credentials.js';
import { type Identity, mayUse } from '../principals/principals.module.js';

/** Public routes that are not declared as an `Operation`. */
const PUBLIC_PATHS = new Set(['/health/live', '/health/ready', '/metrics', '/openapi.json', '/docs', '/docs/:name']);

/** Checks the permission that a route's operation names. Denies access to routes without an operation. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticate: Authenticate,
    private readonly verifiedCredentials: VerifiedCredentials,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    // The broker's credentials guard NATS messages; the handshake guards sockets.
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    const operation = this.reflector.get<Operation | undefined>(OPERATION, context.getHandler());
    if (operation?.access === 'public' || PUBLIC_PATHS.has(request.routeOptions.url ?? '')) return true;

    // `EdgePipeline` has already authenticated requests for operations it knows.
    if (request.identity) return authorize(request, operation, request.identity);
    const credential = readBearer(request);
    if (credential === undefined) throw Problem.unauthorized();
    const cached = this.verifiedCredentials.find(credential);
    // A cached credential needs no asynchronous check.
    if (cached) return authorize(request, operation, cached.identity);
    return this.authenticate.execute(credential).then((verified) => {
      if (!verified) throw Problem.unauthorized();
      return authorize(request, operation, verified.identity);
    });
  }
}

function authorize(request: IdentifiedRequest, operation: Operation | undefined, identity: Identity): true {
  if (!operation || !mayUse(identity, operation.access)) throw Problem.forbidden();
  request.identity = identity;
  return true;
}
