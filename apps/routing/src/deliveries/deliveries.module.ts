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
export { toCustomerDecisions as customerDecisions } from './contact/customer-decisions.js';
export { type ContactSummary, foldContactFacts, isAttemptOver } from './contact/fold-contact-facts.js';
export { factsForNewWindow, getContactFacts as factsOf, type ContactState as KnownContact, toContactState as toKnownContact } from './contact/contact-state.js';
export { withDeclinedAgent as declinedBy, currentAgentId as holderOf, toWithdrawalEvents as withdrawal, withoutAgent } from './current-agent.js';
export { advance, toAttemptId as attemptIdOf, checkNotInCall, checkNotOver, toDeliveryFact as factOf, isErased } from './delivery-process.js';
export { toDelivery, toTimeWindow, toWindow } from './delivery.mapper.js';
export { type AgentLoad as CarriedLoad, DeliveryRepository } from './delivery.repository.js';
export { handOverSeconds, toSolverDelivery } from './solver-delivery.js';

/** The delivery: its state, its agent, and its contact facts. */
@Module({
  imports: [OrganizationsModule, MongooseModule.forFeature([{ name: 'Delivery', schema: deliverySchema }])],
  controllers: [DeliveriesRpc],
  providers: [DeliveryRepository, ListDeliveries, FindDeliveryAgent],
  exports: [DeliveryRepository],
})
export class DeliveriesModule {}
