import { Module } from '@nestjs/common';
import { AnnouncementsController } from './announcements.controller.js';
import { OwnAnnouncementsController } from './own-announcements.controller.js';

/** Announcements to all agents, or to agents with a skill. */
@Module({ controllers: [AnnouncementsController, OwnAnnouncementsController] })
export class AnnouncementsModule {}
