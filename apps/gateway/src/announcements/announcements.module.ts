import { Module } from '@nestjs/common';
import { AnnouncementsController } from './announcements.controller.js';
import { MyAnnouncementsController } from './my-announcements.controller.js';

/** Announcements to all agents, or to agents with a skill. */
@Module({ controllers: [AnnouncementsController, MyAnnouncementsController] })
export class AnnouncementsModule {}
