import { Controller, Inject, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { GetRecordingLink } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller } from '../access/caller.js';
import { Operation } from '../http/operation.js';

@Controller('v1/recordings')
export class RecordingsController {
  constructor(@Inject(RpcClient) private readonly rpc: RpcClient) {}

  @Operation('GET', ':recordingId/audio', {
    id: 'listenToRecording',
    summary: 'Redirects to a short-lived link to the audio, which serves ranges.',
    access: 'recordings:listen',
    status: 302,
  })
  async listen(
    @Param('recordingId') recordingId: string,
    @AsCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { url } = await this.rpc.call(GetRecordingLink, { recordingId }, caller.options);
    await reply.header('cache-control', 'no-store').redirect(url, 302);
  }
}
