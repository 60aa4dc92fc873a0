import { Module } from '@nestjs/common';
import { AssignmentBoardModule } from '../assignment-board/assignment-board.module.js';
import { CallPlanningModule } from '../call-planning/call-planning.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { CancelDelivery } from './cancel-delivery.js';
import { CreateDelivery } from './create-delivery.js';
import { DeliveryCommandsRpc } from './delivery-commands.rpc.js';
import { FindDeliveryCustomer } from './find-delivery-customer.js';
import { PlanDelivery } from './plan-delivery.js';
import { RescheduleDelivery } from './reschedule-delivery.js';
import { UpdateDelivery } from './update-delivery.js';

export { CreateDelivery } from './create-delivery.js';
export { RescheduleDelivery } from './reschedule-delivery.js';

/** Creates, updates, reschedules and cancels deliveries. */
@Module({
  imports: [AssignmentBoardModule, CallPlanningModule, CustomersModule, DeliveriesModule, OrganizationsModule],
  controllers: [DeliveryCommandsRpc],
  providers: [CancelDelivery, CreateDelivery, FindDeliveryCustomer, PlanDelivery, RescheduleDelivery, UpdateDelivery],
  exports: [CreateDelivery],
})
export class DeliveryCommandsModule {}
