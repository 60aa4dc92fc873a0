import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { deliverySchema } from '#libs/persistence/schemas/routing/deliveries.js';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { DeliveriesRpc } from './deliveries.rpc.js';
import { DeliveryRepository } from './delivery.repository.js';
import { FindDeliveryAgent } from './find-delivery-agent.js';
import { ListDeliveries } from './list-deliveries.js';

export type { DeliveryDocument } from '#libs/persistence/schemas/routing/deliveries.js';
export { addFact, type ContactFact } from './contact/contact-facts.js';
export { toCustomerDecisions } from './contact/customer-decisions.js';
export { parseAskBackId, toAskBackId } from './contact/ask-back.js';
export type { Confirmation } from './contact/trace-confirmations.js';
export { type ContactSummary, foldContactFacts, isAttemptOver } from './contact/fold-contact-facts.js';
export { withNewPlanStart, getContactFacts, type ContactState, toContactState } from './contact/contact-state.js';
export { withDeclinedAgent, getCurrentAgentId, toWithdrawalEvents, withoutAgent } from './current-agent.js';
export {
  advance,
  toAttemptId,
  checkNotInCall,
  checkNotOver,
  toDeliveryEventFields,
  isErased,
  isHeld,
  isOpenToDecisions,
} from './delivery-process.js';
export { toDelivery, toPublicConfirmation, toTimeWindow, toWindow } from './delivery.mapper.js';
export { type AgentLoad, DeliveryRepository } from './delivery.repository.js';
export { getHandOverSeconds, toSolverDelivery } from './solver-delivery.js';

/** The delivery: its state, its agent, and its contact facts. */
@Module({
  imports: [OrganizationsModule, MongooseModule.forFeature([{ name: 'Delivery', schema: deliverySchema }])],
  controllers: [DeliveriesRpc],
  providers: [DeliveryRepository, ListDeliveries, FindDeliveryAgent],
  exports: [DeliveryRepository],
})
export class DeliveriesModule {}
