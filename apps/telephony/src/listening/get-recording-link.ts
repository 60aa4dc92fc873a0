import { Injectable } from '@nestjs/common';
import {
  GetDeliveryAgentRpc,
  createNotFoundError,
  type GetRecordingLinkRequest,
  type RecordingLink,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { ListeningLinks } from './listening-links.js';
import { RecordingRepository } from '../recordings/recordings.module.js';

const LINK_TTL_SECONDS = 15 * 60;

/** Creates a link to one recording that is valid for 15 minutes. The link serves byte ranges. */
@Injectable()
export class GetRecordingLink {
  constructor(
    private readonly recordings: RecordingRepository,
    private readonly links: ListeningLinks,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws CodedError `not_found`, also while the recording is not stored yet, and for an agent who does not have its
   *   delivery: the recording's existence must not be revealed
   */
  async execute(
    organization: OrganizationId,
    { recordingId, agentId }: GetRecordingLinkRequest,
  ): Promise<RecordingLink> {
    const { objectKey, deliveryId } = await this.recordings.load(organization, recordingId);
    if (agentId !== undefined && !(await this.isAssignedTo(organization, deliveryId, agentId))) {
      throw createNotFoundError('recording', recordingId);
    }
    if (objectKey === undefined) throw createNotFoundError('stored recording', recordingId);
    const expiresAt = new Date(this.clock.now().getTime() + LINK_TTL_SECONDS * 1_000);
    return { url: this.links.sign(recordingId, expiresAt), expiresAt: expiresAt.toISOString() };
  }

  /** Looked up for every link and not cached, so that an agent who loses a delivery loses its recordings at once. */
  private async isAssignedTo(organizationId: OrganizationId, deliveryId: string, agentId: string): Promise<boolean> {
    const delivery = await this.rpc.call(GetDeliveryAgentRpc, { deliveryId }, { organizationId });
    return delivery.agentId === agentId;
  }
}
