import { Injectable } from '@nestjs/common';
import {
  GetDeliveryAgentRpc,
  createNotFoundError,
  type GetTranscriptRequest,
  type Transcript,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { toMaskedTranscript, toTranscript } from './transcript.mapper.js';
import { TranscriptRepository } from './transcript.repository.js';

/**
 * Returns one transcript to a user of the organization or to the agent who has the delivery. Access codes are shown
 * only to that agent, on the day of the delivery.
 */
@Injectable()
export class ReadTranscript {
  constructor(
    private readonly transcripts: TranscriptRepository,
    private readonly rpc: RpcClient,
  ) {}

  /**
   * @throws CodedError `not_found`, also for an agent who does not have the delivery, because such an agent must not
   *   learn that the transcript exists
   */
  async execute(organizationId: OrganizationId, { recordingId, agentId }: GetTranscriptRequest): Promise<Transcript> {
    const transcript = await this.transcripts.load(organizationId, recordingId);
    if (agentId === undefined) return toMaskedTranscript(transcript);
    const { deliveryId } = transcript;
    const delivery = await this.rpc.call(GetDeliveryAgentRpc, { deliveryId }, { organizationId });
    if (delivery.agentId !== agentId) throw createNotFoundError('transcript', recordingId);
    return delivery.showsCodes ? toTranscript(transcript) : toMaskedTranscript(transcript);
  }
}
