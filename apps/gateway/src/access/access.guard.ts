import {
  createParamDecorator,
  Inject,
  Injectable,
  SetMetadata,
  type CanActivate,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import { Authenticate } from './authenticate.js';
import type { Identity, Member } from './identity.js';
import { isAllowed, type Permission } from './permissions.js';

const PERMISSION = 'delauto:permission';
const PUBLIC = 'delauto:public';

type IdentifiedRequest = FastifyRequest & { identity?: Identity };

/** The permission a route needs. */
export const Allow = (permission: Permission): CustomDecorator => SetMetadata(PERMISSION, permission);
/** A route that anybody may ask: probes, metrics, documents. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC, true);

const PUBLIC_PATHS = new Set(['/health/live', '/health/ready', '/metrics']);

/** Guards every route by the permission table. A route that names no permission is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Authenticate) private readonly authenticate: Authenticate,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Messages of the mesh are guarded by the broker's credentials, sockets at their handshake.
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<IdentifiedRequest>();
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets) || PUBLIC_PATHS.has(request.routeOptions.url ?? ''))
      return true;

    const permission = this.reflector.getAllAndOverride<Permission>(PERMISSION, targets);
    const identity = await this.identify(request.headers.authorization);
    if (!identity) throw Problem.unauthorized();
    if (permission === undefined || !isAllowed(identity.role, permission)) throw Problem.forbidden();
    request.identity = identity;
    return true;
  }

  private identify(authorization: string | undefined): Promise<Identity | null> {
    const [scheme, credential] = (authorization ?? '').split(' ', 2);
    if (scheme?.toLowerCase() !== 'bearer' || !credential) return Promise.resolve(null);
    return this.authenticate.execute(credential);
  }
}

/** The organisation's member who is asking; the guard has made sure there is one. */
export const AsMember = createParamDecorator((_data: unknown, context: ExecutionContext): Member => {
  const { identity } = context.switchToHttp().getRequest<IdentifiedRequest>();
  if (!identity || identity.role === 'operator') throw Problem.forbidden();
  return identity;
});
