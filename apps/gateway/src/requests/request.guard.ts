import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseContract, unknownField, type FieldIssue } from '#libs/contracts/index.js';
import { accepts } from './accepts.js';
import { OPERATION, type Operation } from './operation.js';
import { Problem } from '../problems/problems.module.js';

/** What every path parameter is, unless its operation says otherwise. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;

/**
 * Refuses what no operation has to look at: ids in the path that are none, parameters that do not exist, and answers
 * that the client would not take. It runs after the guard of access, so that strangers learn nothing.
 */
@Injectable()
export class RequestGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const operation = this.reflector.get<Operation | undefined>(OPERATION, context.getHandler());
    if (context.getType() !== 'http' || !operation) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (operation.deprecated) announceEnd(http.getResponse<FastifyReply>(), operation.deprecated);

    const media = operation.reply ? (operation.replyMedia ?? 'application/json') : operation.replyMedia;
    if (media !== undefined && !accepts(request.headers.accept, media)) {
      throw Problem.of('not_acceptable', `This operation answers with ${media}.`);
    }
    const readable = ['application/json', ...(operation.bodyMedia ?? [])];
    if ((operation.body ?? operation.bodySchema) && !readable.includes(mediaOf(request) ?? 'application/json')) {
      throw Problem.of('unsupported_media_type', `Send ${readable.join(' or ')}.`);
    }
    if (
      (operation.body ?? operation.bodySchema) &&
      (request.headers['content-encoding'] ?? 'identity') !== 'identity'
    ) {
      throw Problem.of('unsupported_media_type', 'Send the body as it is, without a content coding.');
    }
    if (operation.params) parseContract(operation.params, request.params, 'reject');
    const issues = [
      ...(operation.params ? [] : wrongIds(request.params as Record<string, string>)),
      ...(operation.query ? [] : unknownParameters(request.query as Record<string, unknown>)),
    ];
    if (issues.length > 0) throw Problem.invalid(issues);
    return true;
  }
}

const mediaOf = (request: FastifyRequest): string | undefined =>
  request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();

function wrongIds(params: Record<string, string>): FieldIssue[] {
  return Object.entries(params)
    .filter(([, value]) => !ID.test(value))
    .map(([path]) => ({ path, message: `${path} must be an identifier` }));
}

function unknownParameters(query: Record<string, unknown>): FieldIssue[] {
  return Object.keys(query).map((name) => unknownField(name));
}

/** `Deprecation` by RFC 9745, `Sunset` by RFC 8594. */
function announceEnd(reply: FastifyReply, { since, sunset }: { since: string; sunset: string }): void {
  void reply.headers({
    deprecation: `@${Date.parse(since) / 1000}`,
    sunset: new Date(sunset).toUTCString(),
    link: '</docs/policy>; rel="deprecation"; type="text/html"',
  });
}
