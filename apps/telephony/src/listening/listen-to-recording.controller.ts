import { Controller, Get, Head, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '#libs/clock/clock.js';
import { ObjectStoreError, ObjectStore } from '#libs/ports/object-store.js';
import { RecordingRepository } from '../recordings/recordings.module.js';
import { parseByteRange } from './byte-range.js';
import { ListeningLinks, type LinkQuery } from './listening-links.js';

const WAV = 'audio/wav';

/**
 * Serves a recording by its signed link, and decrypts it on the way. A cache in front of telephony may keep the
 * response until the link expires, because the signature is part of the URL.
 */
@Controller('recordings')
export class ListenToRecordingController {
  constructor(
    private readonly links: ListeningLinks,
    private readonly recordings: RecordingRepository,
    private readonly objects: ObjectStore,
    private readonly clock: Clock,
  ) {}

  /** Fastify's automatic HEAD route would report a length of 0 bytes. */
  @Head(':recordingId/audio.wav')
  head(
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
    const secondsLeft = this.links.getSecondsLeft(recordingId, query, this.clock.now());
    if (secondsLeft === 0) return sendProblem(reply, 403, 'The link has expired or was altered. Request a new one.');
    const recording = await this.recordings.findByRecordingId(recordingId);
    if (!recording?.objectKey || !recording.sha256)
      return sendProblem(reply, 404, 'The recording is no longer available.');
    const { objectKey: key, sha256, sizeBytes: size = 0 } = recording;
    const etag = `"${sha256.slice(0, 32)}"`;
    const cacheHeaders = { 'cache-control': `public, max-age=${secondsLeft}, immutable`, etag };
    const commonHeaders = {
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    };
    void reply.headers(commonHeaders);
    if (request.headers['if-none-match'] === etag) return reply.headers(cacheHeaders).code(304).send();
    const ifRange = request.headers['if-range'];
    const range = ifRange === undefined || ifRange === etag ? parseByteRange(request.headers.range, size) : undefined;
    if (range === 'unsatisfiable') {
      void reply.header('content-range', `bytes */${size}`);
      return sendProblem(reply, 416, `The recording has ${size} bytes.`);
    }
    if (range) void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
    const contentLength = range ? range.end - range.start + 1 : size;
    void reply.headers({ ...cacheHeaders, 'content-type': WAV, 'content-length': contentLength });
    if (request.method === 'HEAD') return reply.send();
    try {
      const { stream } = await this.objects.get({ key, ...(range && { range }) });
      return await reply.send(stream);
    } catch (error) {
      if (!(error instanceof ObjectStoreError && error.code === 'not_found')) throw error;
      void reply.header('cache-control', 'no-store').removeHeader('content-range').removeHeader('content-length');
      return sendProblem(reply, 404, 'The recording is no longer available.');
    }
  }
}

const sendProblem = (reply: FastifyReply, status: number, detail: string): FastifyReply =>
  reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', status, detail }));
