import { Injectable } from '@nestjs/common';
import type { AgentFacts, EventEnvelope } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { AnnouncementBoardRepository } from './announcement-board.repository.js';
import { AnnouncementReaderRepository } from './announcement-reader.repository.js';

/** Keeps which audiences an agent belongs to. What was announced before an agent joined is not news to them. */
@Injectable()
export class KeepReader {
  constructor(
    private readonly readers: AnnouncementReaderRepository,
    private readonly boards: AnnouncementBoardRepository,
  ) {}

  /** Older news than what is kept changes nothing. */
  async execute(
    organizationId: OrganizationId,
    { payload: { agentId, skills }, sequence: agentSequence }: EventEnvelope<AgentFacts>,
    tx: Transaction,
  ): Promise<void> {
    const known = await this.readers.findById(organizationId, agentId, tx);
    if (known) {
      if (known.agentSequence < agentSequence) {
        await this.readers.save(tx, organizationId, { ...known, skills, agentSequence });
      }
      return;
    }
    const readUpTo = await this.boards.lastSequence(organizationId, tx);
    await this.readers.create(tx, organizationId, { _id: agentId, skills, agentSequence, readUpTo });
  }
}
