import { Module } from '@nestjs/common';
import { AnnouncementsController } from './announcements.controller.js';
import { OwnAnnouncementsController } from './own-announcements.controller.js';

/** What is announced to all agents, or to those with a skill. */
@Module({ controllers: [AnnouncementsController, OwnAnnouncementsController] })
export class AnnouncementsModule {}
