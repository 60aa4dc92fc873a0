import { Module } from '@nestjs/common';
import { AnnouncementsModule } from '../announcements/announcements.module.js';
import { DevicesModule } from '../devices/devices.module.js';
import { AgentsConsumer } from './agents.consumer.js';

/** Keeps devices and announcement readers in step with routing's agents. */
@Module({
  imports: [DevicesModule, AnnouncementsModule],
  controllers: [AgentsConsumer],
})
export class AgentsModule {}
