import { Inject, Injectable } from '@nestjs/common';
import type { Agent } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { AnnouncementBoardRepository } from './announcement-board.repository.js';
import { AnnouncementReaderRepository } from './announcement-reader.repository.js';

/** Keeps which audiences an agent belongs to. What was announced before an agent joined is not news to them. */
@Injectable()
export class KeepReader {
  constructor(
    @Inject(AnnouncementReaderRepository) private readonly readers: AnnouncementReaderRepository,
    @Inject(AnnouncementBoardRepository) private readonly boards: AnnouncementBoardRepository,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { agentId, skills }: Pick<Agent, 'agentId' | 'skills'>,
    tx: Transaction,
  ): Promise<void> {
    const known = await this.readers.findById(organizationId, agentId, tx);
    if (known) {
      await this.readers.save(tx, organizationId, { ...known, skills });
      return;
    }
    const readUpTo = await this.boards.lastSequence(organizationId, tx);
    await this.readers.create(tx, organizationId, { _id: agentId, skills, readUpTo });
  }
}
