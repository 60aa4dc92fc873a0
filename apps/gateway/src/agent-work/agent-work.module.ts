import { Module } from '@nestjs/common';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { CodesOfTheDay } from './codes-of-the-day.js';
import { DevicesController } from './devices.controller.js';
import { InboxController } from './inbox.controller.js';
import { OwnStatusController } from './own-status.controller.js';
import { OwnWorkController } from './own-work.controller.js';

export { CodesOfTheDay } from './codes-of-the-day.js';

/** Endpoints of the agent’s application: the day, the inbox, devices and the position. */
@Module({
  imports: [OrganizationsModule],
  controllers: [DevicesController, InboxController, OwnStatusController, OwnWorkController],
  providers: [CodesOfTheDay],
  exports: [CodesOfTheDay],
})
export class AgentWorkModule {}
