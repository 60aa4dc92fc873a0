import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { bearerOf, type IdentifiedRequest, type Operation, OPERATION } from '../requests/requests.module.js';
import { Problem } from '../problems/problems.module.js';
import { Authenticate } from './authenticate.js';
import { VerifiedCredentials } from './verified-credentials.js';
import { type Identity, mayUse } from '../principals/principals.module.js';

/** Routes without an operation that are open to everybody. */
const PUBLIC_PATHS = new Set(['/health/live', '/health/ready', '/metrics', '/openapi.json', '/docs', '/docs/:name']);

/** Guards every route by the permission its operation names. A route that is no operation is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticate: Authenticate,
    private readonly verified: VerifiedCredentials,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    // Messages of the mesh are guarded by the broker's credentials, sockets at their handshake.
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    const operation = this.reflector.get<Operation | undefined>(OPERATION, context.getHandler());
    if (operation?.access === 'public' || PUBLIC_PATHS.has(request.routeOptions.url ?? '')) return true;

    // The pipeline has asked already, for every operation it knows.
    if (request.identity) return admit(request, operation, request.identity);
    const credential = bearerOf(request);
    if (credential === undefined) throw Problem.unauthorized();
    const known = this.verified.find(credential);
    // Whoever was here a moment ago waits for nothing.
    if (known) return admit(request, operation, known.identity);
    return this.authenticate.execute(credential).then((proof) => {
      if (!proof) throw Problem.unauthorized();
      return admit(request, operation, proof.identity);
    });
  }
}

function admit(request: IdentifiedRequest, operation: Operation | undefined, identity: Identity): true {
  if (!operation || !mayUse(identity, operation.access)) throw Problem.forbidden();
  request.identity = identity;
  return true;
}
