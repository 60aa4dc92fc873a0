import { Module } from '@nestjs/common';
import { AnnouncementsModule } from '../announcements/announcements.module.js';
import { DevicesModule } from '../devices/devices.module.js';
import { AgentsConsumer } from './agents.consumer.js';

/** What follows when an agent joins, changes or leaves. */
@Module({
  imports: [DevicesModule, AnnouncementsModule],
  controllers: [AgentsConsumer],
})
export class AgentsModule {}
