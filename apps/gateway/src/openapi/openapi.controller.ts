import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toContentEtag, matchesEtag } from '../caching/caching.module.js';
import { once } from '../requests/requests.module.js';
import { ApiDocument } from './api-document.js';

/** Serves `GET /openapi.json`, without authentication and for every origin. */
@Controller()
export class OpenApiController {
  private readonly getContent = once(() => {
    const bytes = Buffer.from(JSON.stringify(this.document.read()));
    return { bytes, etag: toContentEtag(bytes) };
  });

  constructor(private readonly document: ApiDocument) {}

  @Get('openapi.json')
  read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): FastifyReply {
    const { bytes, etag } = this.getContent();
    void reply.headers({ etag, 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' });
    if (matchesEtag(request.headers['if-none-match'], etag)) return reply.status(304).send();
    return reply.type('application/json').send(bytes);
  }
}
