import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { createInfrastructureModules } from '#libs/platform/boot/mesh-infrastructure.js';
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

/** Infrastructure of every request: problems, authentication, caching, limits and the live channel. */
const EDGE = [ProblemsModule, AuthenticationModule, EdgeModule, LiveModule];
/** Features whose data the gateway owns. */
const OWN_FEATURES = [SignInModule, OrganizationsModule, UserAdministrationModule, AuditModule];
/** Features whose data other apps own. The gateway calls them by RPC. */
const REMOTE_FEATURES = [
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

/** The public API for partners, dispatchers and agents. */
@Module({})
export class GatewayModule {
  static forConfig(config: GatewayConfig): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        ...createInfrastructureModules('gateway', config),
        ConfigModule.forConfig(config),
        ...EDGE,
        ...OWN_FEATURES,
        ...REMOTE_FEATURES,
        AdminModule,
        OpenApiModule,
        DocsModule,
      ],
      providers: [
        // Access is checked first, so that unauthenticated clients do not learn what is wrong with their requests.
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: RequestGuard },
      ],
    };
  }
}
