import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { GetRecordingLink } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { Allow, AsMember } from '../access/access.guard.js';
import type { Member } from '../access/identity.js';

@Controller('v1/recordings')
export class RecordingsController {
  constructor(@Inject(RpcClient) private readonly rpc: RpcClient) {}

  /** Redirects to a short-lived link, which serves ranges; the audio itself never passes through here. */
  @Get(':recordingId/audio')
  @Allow('recordings:listen')
  async listen(
    @Param('recordingId') recordingId: string,
    @AsMember() { organizationId }: Member,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { url } = await this.rpc.call(GetRecordingLink, { recordingId }, { organizationId });
    await reply.header('cache-control', 'no-store').redirect(url, 302);
  }
}
