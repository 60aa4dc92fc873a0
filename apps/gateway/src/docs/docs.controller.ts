import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { matchesEtag } from '../caching/caching.module.js';
import { Problem } from '../problems/problems.module.js';
import { DocsFiles } from './docs-files.js';

/**
 * The content security policy. Scripts and styles must be files of this origin, none inline. Requests may go only to
 * this origin, for "Try it out". The icons in Swagger UI's stylesheet are `data:` images.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The public pages of the reference and the files they load. */
@Controller('docs')
export class DocsController {
  constructor(private readonly files: DocsFiles) {}

  @Get()
  sendReference(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    return this.send('', request, reply);
  }

  /** @throws Problem `unknown_path` if there is no page or file with this name */
  @Get(':name')
  sendFile(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.send(name, request, reply);
  }

  private async send(name: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const file = await this.files.read(name);
    if (!file) throw Problem.of('unknown_path', 'The reference is at /docs.');
    void reply.headers({
      etag: file.etag,
      'cache-control': 'public, max-age=300',
      'content-security-policy': CONTENT_SECURITY_POLICY,
    });
    if (matchesEtag(request.headers['if-none-match'], file.etag)) return reply.status(304).send();
    return reply.type(`${file.type}; charset=utf-8`).send(file.content);
  }
}
