import { Injectable } from '@nestjs/common';
import type { AgentFacts, EventEnvelope } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { AnnouncementBoardRepository } from './announcement-board.repository.js';
import { AnnouncementReaderRepository } from './announcement-reader.repository.js';

/**
 * Stores an agent's skills, which decide the audiences that the agent belongs to. A new agent starts at the newest
 * announcement: earlier ones are treated as read.
 */
@Injectable()
export class StoreAnnouncementReader {
  constructor(
    private readonly readers: AnnouncementReaderRepository,
    private readonly boards: AnnouncementBoardRepository,
  ) {}

  /** An event older than the stored one changes nothing. */
  async execute(
    organizationId: OrganizationId,
    { payload: { agentId, skills }, sequence: agentSequence }: EventEnvelope<AgentFacts>,
    tx: Transaction,
  ): Promise<void> {
    const reader = await this.readers.findById(organizationId, agentId, tx);
    if (reader) {
      if (reader.agentSequence < agentSequence) {
        await this.readers.save(tx, organizationId, { ...reader, skills, agentSequence });
      }
      return;
    }
    const readUpTo = await this.boards.findLastSequence(organizationId, tx);
    await this.readers.create(tx, organizationId, { _id: agentId, skills, agentSequence, readUpTo });
  }
}
