import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseContract, toUnknownFieldIssue, type FieldIssue } from '#libs/contracts/index.js';
import { accepts } from './accepts.js';
import { OPERATION, type Operation } from './operation.js';
import { Problem } from '../problems/problems.module.js';

/** The format of path parameters, unless the operation declares `params`. */
const PATH_ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/;

/**
 * Refuses invalid ids in the path, unknown query parameters, unsupported request bodies, and requests whose `Accept`
 * header excludes the response. Runs after `AccessGuard`, so that the errors do not reveal anything to
 * unauthenticated clients.
 */
@Injectable()
export class RequestGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const operation = this.reflector.get<Operation | undefined>(OPERATION, context.getHandler());
    if (context.getType() !== 'http' || !operation) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (operation.deprecated) addDeprecationHeaders(http.getResponse<FastifyReply>(), operation.deprecated);

    const mediaType = operation.reply ? (operation.replyMedia ?? 'application/json') : operation.replyMedia;
    if (mediaType !== undefined && !accepts(request.headers.accept, mediaType)) {
      throw Problem.of('not_acceptable', `This operation returns ${mediaType}.`);
    }
    const acceptedBodyMedia = ['application/json', ...(operation.bodyMedia ?? [])];
    if (
      (operation.body ?? operation.bodySchema) &&
      !acceptedBodyMedia.includes(readMediaType(request) ?? 'application/json')
    ) {
      throw Problem.of('unsupported_media_type', `Send ${acceptedBodyMedia.join(' or ')}.`);
    }
    if (
      (operation.body ?? operation.bodySchema) &&
      (request.headers['content-encoding'] ?? 'identity') !== 'identity'
    ) {
      throw Problem.of('unsupported_media_type', 'Send the body without a content encoding.');
    }
    if (operation.params) parseContract(operation.params, request.params, 'reject');
    const issues = [
      ...(operation.params ? [] : findInvalidIds(request.params as Record<string, string>)),
      ...(operation.query ? [] : findUnknownParameters(request.query as Record<string, unknown>)),
    ];
    if (issues.length > 0) throw Problem.invalid(issues);
    return true;
  }
}

const readMediaType = (request: FastifyRequest): string | undefined =>
  request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();

function findInvalidIds(params: Record<string, string>): FieldIssue[] {
  return Object.entries(params)
    .filter(([, value]) => !PATH_ID_PATTERN.test(value))
    .map(([path]) => ({ path, message: `${path} must be an identifier` }));
}

function findUnknownParameters(query: Record<string, unknown>): FieldIssue[] {
  return Object.keys(query).map((name) => toUnknownFieldIssue(name));
}

/** Adds the headers `Deprecation` (RFC 9745) and `Sunset` (RFC 8594). */
function addDeprecationHeaders(reply: FastifyReply, { since, sunset }: { since: string; sunset: string }): void {
  void reply.headers({
    deprecation: `@${Date.parse(since) / 1000}`,
    sunset: new Date(sunset).toUTCString(),
    link: '</docs/policy>; rel="deprecation"; type="text/html"',
  });
}
