import { Module } from '@nestjs/common';
import { AgentPerformanceModule } from '../agent-performance/agent-performance.module.js';
import { AgentsModule } from '../agents/agents.module.js';
import { AssignmentBoardModule } from '../assignment-board/assignment-board.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { AcknowledgeDelivery } from './acknowledge-delivery.js';
import { ExpireOffer } from './expire-offer.js';
import { OffersConsumer } from './offers.consumer.js';
import { OffersWorker } from './offers.worker.js';
import { ScheduleOfferExpiry } from './schedule-offer-expiry.js';

export { ScheduleOfferExpiry } from './schedule-offer-expiry.js';

/** Acknowledgement of assigned deliveries, and its timeout. */
@Module({
  imports: [AgentPerformanceModule, AgentsModule, AssignmentBoardModule, DeliveriesModule],
  controllers: [OffersConsumer],
  providers: [OffersWorker, AcknowledgeDelivery, ExpireOffer, ScheduleOfferExpiry],
  exports: [ScheduleOfferExpiry],
})
export class OffersModule {}
