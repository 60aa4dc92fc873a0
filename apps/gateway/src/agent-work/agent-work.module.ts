import { Module } from '@nestjs/common';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { AccessCodeVisibility } from './access-code-visibility.js';
import { DevicesController } from './devices.controller.js';
import { InboxController } from './inbox.controller.js';
import { MyStatusController } from './my-status.controller.js';
import { MyDeliveriesController } from './my-deliveries.controller.js';

export { AccessCodeVisibility } from './access-code-visibility.js';

/** Endpoints of the agent’s application: the agent’s day, inbox, devices, location and availability. */
@Module({
  imports: [OrganizationsModule],
  controllers: [DevicesController, InboxController, MyStatusController, MyDeliveriesController],
  providers: [AccessCodeVisibility],
  exports: [AccessCodeVisibility],
})
export class AgentWorkModule {}
