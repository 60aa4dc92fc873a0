import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { meshInfrastructure } from '#libs/platform/boot/mesh-infrastructure.js';
import { AdminModule } from './admin/admin.module.js';
import { AgentWorkModule } from './agent-work/agent-work.module.js';
import { AgentsModule } from './agents/agents.module.js';
import { AnnouncementsModule } from './announcements/announcements.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AccessGuard, AuthenticationModule } from './authentication/authentication.module.js';
import { CallsModule } from './calls/calls.module.js';
import { ConfigModule, type GatewayConfig } from './config/config.module.js';
import { CustomersModule } from './customers/customers.module.js';
import { DeliveriesModule } from './deliveries/deliveries.module.js';
import { DeliveryImportsModule } from './delivery-imports/delivery-imports.module.js';
import { DocsModule } from './docs/docs.module.js';
import { EdgeModule } from './edge/edge.module.js';
import { FiguresModule } from './figures/figures.module.js';
import { LiveModule } from './live/live.module.js';
import { OpenApiModule } from './openapi/openapi.module.js';
import { OrganizationsModule } from './organizations/organizations.module.js';
import { ProblemsModule } from './problems/problems.module.js';
import { RequestGuard } from './requests/requests.module.js';
import { SignInModule } from './sign-in/sign-in.module.js';
import { TranscriptsModule } from './transcripts/transcripts.module.js';
import { UserAdministrationModule } from './user-administration/user-administration.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** What the gateway stands on: how it asks, answers, and knows who asks. */
const EDGE = [ProblemsModule, AuthenticationModule, EdgeModule, LiveModule];
/** What belongs to the gateway itself. */
const OWN = [SignInModule, OrganizationsModule, UserAdministrationModule, AuditModule];
/** What other apps own; the gateway asks them. */
const OF_OTHERS = [
  CustomersModule,
  AgentsModule,
  AgentWorkModule,
  AnnouncementsModule,
  DeliveriesModule,
  DeliveryImportsModule,
  CallsModule,
  TranscriptsModule,
  FiguresModule,
  WebhooksModule,
];

/** The front door for partners, dispatchers and agents. */
@Module({})
export class GatewayModule {
  static forConfig(config: GatewayConfig): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        ...meshInfrastructure('gateway', config),
        ConfigModule.forConfig(config),
        ...EDGE,
        ...OWN,
        ...OF_OTHERS,
        AdminModule,
        OpenApiModule,
        DocsModule,
      ],
      providers: [
        // In this order: strangers learn nothing of what is wrong with their requests.
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: RequestGuard },
      ],
    };
  }
}
