import { Injectable } from '@nestjs/common';
import {
  AnnouncementsRead,
  type AnnouncementsReadPayload,
  type ConfirmAnnouncementsRequest,
} from '#libs/contracts/index.js';
import { createAggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { AnnouncementBoardRepository } from './announcement-board.repository.js';
import { AnnouncementReaderRepository } from './announcement-reader.repository.js';

/** Moves an agent's read cursor forward. Confirming the same or a lower sequence changes nothing and emits no event. */
@Injectable()
export class ConfirmAnnouncements {
  constructor(
    private readonly readers: AnnouncementReaderRepository,
    private readonly boards: AnnouncementBoardRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    { agentId, upTo }: ConfirmAnnouncementsRequest,
    tx: Transaction,
  ): Promise<AnnouncementsReadPayload> {
    // An agent cannot have read past the newest announcement.
    const readUpTo = Math.min(upTo, await this.boards.findLastSequence(organizationId, tx));
    const reader = await this.readers.findById(organizationId, agentId, tx);
    if (readUpTo <= (reader?.readUpTo ?? 0)) return { agentId, readUpTo: reader?.readUpTo ?? 0 };
    const event = createAggregateEvent(AnnouncementsRead, { agentId, readUpTo }, this.clock.now());
    if (reader) await this.readers.save(tx, organizationId, { ...reader, readUpTo }, [event]);
    else
      await this.readers.create(tx, organizationId, { _id: agentId, skills: [], agentSequence: 0, readUpTo }, [event]);
    return { agentId, readUpTo };
  }
}
