import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { meshInfrastructure } from '#libs/platform/boot/mesh-infrastructure.js';
import { OperationsModule } from '#libs/platform/operations/operations.module.js';
import { Readiness } from '#libs/health/probes.js';
import { AccessGuard } from './access/access.guard.js';
import { IdentityModule } from './access/identity.module.js';
import { AskApps } from './admin/ask-apps.js';
import { DeadLettersController } from './admin/dead-letters.controller.js';
import { OperationsController } from './admin/operations.controller.js';
import { RedriveDeadLetter } from './admin/redrive-dead-letter.js';
import { AgentsController } from './agents/agents.controller.js';
import { OwnStatusController } from './agents/own-status.controller.js';
import { AnalyticsController } from './analytics/analytics.controller.js';
import { AnnouncementsController } from './announcements/announcements.controller.js';
import { OwnAnnouncementsController } from './announcements/own-announcements.controller.js';
import { CallsController } from './calls/calls.controller.js';
import { CustomerDataController } from './customers/customer-data.controller.js';
import { CustomerWishesController } from './customers/customer-wishes.controller.js';
import { ExportCustomer } from './customers/export-customer.js';
import { CustomersController } from './customers/customers.controller.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { DispatchController } from './deliveries/dispatch.controller.js';
import { DeliveryImportsController } from './delivery-imports/delivery-imports.controller.js';
import { SendImport } from './delivery-imports/send-import.js';
import { DevicesController } from './devices/devices.controller.js';
import type { GatewayConfig } from './gateway.config.js';
import { CacheLooks } from './http/cache-looks.js';
import { KnownAnswers } from './http/known-answers.js';
import { EdgePipeline } from './http/edge-pipeline.js';
import { EdgeRedis } from './http/edge-redis.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RequestGuard } from './http/request.guard.js';
import { InboxController } from './inbox/inbox.controller.js';
import { RateCounts } from './http/rate-counts.js';
import { RateLimits } from './http/rate-limit.js';
import { ReadCache } from './http/read-cache.js';
import { Replays } from './http/replay.js';
import { LiveConsumer } from './live/live.consumer.js';
import { LIVE_PROVIDERS } from './live/live.providers.js';
import { RecordingsController } from './recordings/recordings.controller.js';
import { ReviewsController } from './reviews/reviews.controller.js';
import { SearchController } from './search/search.controller.js';
import { WebhookDeliveriesController } from './webhooks/webhook-deliveries.controller.js';
import { RoutingController } from './routing/routing.controller.js';
import { WebhookEndpointsController } from './webhooks/webhook-endpoints.controller.js';
import { CodesOfTheDay } from './work/codes-of-the-day.js';
import { OwnWorkController } from './work/own-work.controller.js';

/** The front door for partners, dispatchers and agents. */
@Module({})
export class GatewayModule {
  constructor(redis: EdgeRedis, readiness: Readiness) {
    const check = (): Promise<boolean> => redis.ask(async (client) => (await client.ping()) === 'PONG');
    readiness.add({ name: 'redis', check }, 'degrading');
  }

  static forConfig(config: GatewayConfig): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        ...meshInfrastructure('gateway', config),
        IdentityModule.forConfig(config),
        OperationsModule.forApp('gateway'),
      ],
      controllers: [
        CustomersController,
        CustomerWishesController,
        CustomerDataController,
        AgentsController,
        InboxController,
        DevicesController,
        AnnouncementsController,
        OwnAnnouncementsController,
        OwnStatusController,
        DeliveriesController,
        DispatchController,
        DeliveryImportsController,
        OwnWorkController,
        CallsController,
        ReviewsController,
        SearchController,
        OperationsController,
        DeadLettersController,
        RecordingsController,
        RoutingController,
        WebhookEndpointsController,
        WebhookDeliveriesController,
        AnalyticsController,
        LiveConsumer,
      ],
      providers: [
        ExportCustomer,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: RequestGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        SendImport,
        EdgeRedis,
        RateLimits,
        RateCounts,
        CacheLooks,
        ReadCache,
        KnownAnswers,
        Replays,
        EdgePipeline,
        ...LIVE_PROVIDERS,
        AskApps,
        RedriveDeadLetter,
        CodesOfTheDay,
      ],
    };
  }
}
