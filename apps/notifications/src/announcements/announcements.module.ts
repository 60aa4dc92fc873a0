import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { announcementBoardSchema } from '#libs/persistence/schemas/notifications/announcement-boards.js';
import { announcementReaderSchema } from '#libs/persistence/schemas/notifications/announcement-readers.js';
import { announcementSchema } from '#libs/persistence/schemas/notifications/announcements.js';
import { ANNOUNCEMENT_BOARD_MODEL, AnnouncementBoardRepository } from './announcement-board.repository.js';
import { ANNOUNCEMENT_READER_MODEL, AnnouncementReaderRepository } from './announcement-reader.repository.js';
import { ANNOUNCEMENT_MODEL, AnnouncementRepository } from './announcement.repository.js';
import { AnnouncementsRpc } from './announcements.rpc.js';
import { ConfirmAnnouncements } from './confirm-announcements.js';
import { StoreAnnouncementReader } from './store-announcement-reader.js';
import { ListAnnouncements } from './list-announcements.js';
import { PublishAnnouncement } from './publish-announcement.js';
import { ReadAnnouncements } from './read-announcements.js';

export { StoreAnnouncementReader } from './store-announcement-reader.js';

/** Announcements to many agents. Each is stored once and read by every agent of its audience. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: ANNOUNCEMENT_MODEL, schema: announcementSchema },
      { name: ANNOUNCEMENT_BOARD_MODEL, schema: announcementBoardSchema },
      { name: ANNOUNCEMENT_READER_MODEL, schema: announcementReaderSchema },
    ]),
  ],
  controllers: [AnnouncementsRpc],
  providers: [
    AnnouncementRepository,
    AnnouncementBoardRepository,
    AnnouncementReaderRepository,
    PublishAnnouncement,
    ListAnnouncements,
    ReadAnnouncements,
    ConfirmAnnouncements,
    StoreAnnouncementReader,
  ],
  exports: [StoreAnnouncementReader],
})
export class AnnouncementsModule {}
