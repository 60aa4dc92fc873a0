import { Controller, Get, Head, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '#libs/clock/clock.js';
import { ObjectStoreError, ObjectStore } from '#libs/ports/object-store.js';
import { RecordingRepository } from '../recordings/recordings.module.js';
import { byteRangeOf } from './byte-range.js';
import { ListeningLinks, type LinkQuery } from './listening-links.js';

const WAV = 'audio/wav';

/**
 * Serves a recording to whoever has a signed link to it, opened on the way. A cache in front may keep what it got until the
 * link expires: the signature is part of the address.
 */
@Controller('recordings')
export class ListenToRecordingController {
  constructor(
    private readonly links: ListeningLinks,
    private readonly recordings: RecordingRepository,
    private readonly objects: ObjectStore,
    private readonly clock: Clock,
  ) {}

  /** Fastify's own answer to HEAD would say that there are 0 bytes. */
  @Head(':recordingId/audio.wav')
  describe(
    @Param('recordingId') recordingId: string,
    @Query() query: LinkQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.listen(recordingId, query, request, reply);
  }

  @Get(':recordingId/audio.wav')
  async listen(
    @Param('recordingId') recordingId: string,
    @Query() query: LinkQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    void reply.header('cache-control', 'no-store');
    const seconds = this.links.secondsLeft(recordingId, query, this.clock.now());
    if (seconds === 0) return refuse(reply, 403, 'The link is over, or was changed. Ask for another.');
    const recording = await this.recordings.findByRecordingId(recordingId);
    if (!recording?.objectKey || !recording.sha256) return refuse(reply, 404, 'The recording is not there any more.');
    const { objectKey: key, sha256, sizeBytes: size = 0 } = recording;
    const etag = `"${sha256.slice(0, 32)}"`;
    const kept = { 'cache-control': `public, max-age=${seconds}, immutable`, etag };
    const always = { 'accept-ranges': 'bytes', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };
    void reply.headers(always);
    if (request.headers['if-none-match'] === etag) return reply.headers(kept).code(304).send();
    const ifRange = request.headers['if-range'];
    const range = ifRange === undefined || ifRange === etag ? byteRangeOf(request.headers.range, size) : undefined;
    if (range === 'unsatisfiable') {
      void reply.header('content-range', `bytes */${size}`);
      return refuse(reply, 416, `The recording has ${size} bytes.`);
    }
    if (range) void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
    const contentLength = range ? range.end - range.start + 1 : size;
    void reply.headers({ ...kept, 'content-type': WAV, 'content-length': contentLength });
    if (request.method === 'HEAD') return reply.send();
    try {
      const { stream } = await this.objects.get({ key, ...(range && { range }) });
      return await reply.send(stream);
    } catch (error) {
      if (!(error instanceof ObjectStoreError && error.code === 'not_found')) throw error;
      void reply.header('cache-control', 'no-store').removeHeader('content-range').removeHeader('content-length');
      return refuse(reply, 404, 'The recording is not there any more.');
    }
  }
}

const refuse = (reply: FastifyReply, status: number, detail: string): FastifyReply =>
  reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', status, detail }));
