import { Module } from '@nestjs/common';
import { AnnouncementsModule } from '../announcements/announcements.module.js';
import { DevicesModule } from '../devices/devices.module.js';
import { AgentsConsumer } from './agents.consumer.js';

/** Updates devices and announcement readers when routing's agents change. */
@Module({
  imports: [DevicesModule, AnnouncementsModule],
  controllers: [AgentsConsumer],
})
export class AgentsModule {}
