import { Module, type DynamicModule } from '@nestjs/common';
import { createInfrastructureModules } from '#libs/platform/boot/mesh-infrastructure.js';
import { OperationsModule } from '#libs/platform/operations/operations.module.js';
import { AgentCommandsModule } from './agent-commands/agent-commands.module.js';
import { AgentDayModule } from './agent-day/agent-day.module.js';
import { AgentPerformanceModule } from './agent-performance/agent-performance.module.js';
import { AgentsModule } from './agents/agents.module.js';
import { AssignmentBoardModule } from './assignment-board/assignment-board.module.js';
import { AssignmentPlanningModule } from './assignment-planning/assignment-planning.module.js';
import { AssignmentModule } from './assignment/assignment.module.js';
import { CallAttemptsModule } from './call-attempts/call-attempts.module.js';
import { CallPlanningModule } from './call-planning/call-planning.module.js';
import { CallResultsModule } from './call-results/call-results.module.js';
import { CallTimingModule } from './call-timing/call-timing.module.js';
import { CallingPolicyModule } from './calling-policy/calling-policy.module.js';
import { ConfigModule, ROUTING_QUEUES, type RoutingConfig } from './config/config.module.js';
import { CustomerCommandsModule } from './customer-commands/customer-commands.module.js';
import { CustomerErasureModule } from './customer-erasure/customer-erasure.module.js';
import { CustomerTextsModule } from './customer-texts/customer-texts.module.js';
import { CustomersModule } from './customers/customers.module.js';
import { DeliveriesModule } from './deliveries/deliveries.module.js';
import { DeliveryCommandsModule } from './delivery-commands/delivery-commands.module.js';
import { DeliveryImportsModule } from './delivery-imports/delivery-imports.module.js';
import { OffersModule } from './offers/offers.module.js';
import { OrganizationsModule } from './organizations/organizations.module.js';
import { TravelModule } from './travel/travel.module.js';

/** The feature modules of the app. Each imports only modules above it in this list. */
const FEATURES = [
  OrganizationsModule,
  DeliveriesModule,
  CustomersModule,
  AgentsModule,
  AgentPerformanceModule,
  TravelModule,
  CallTimingModule,
  AssignmentBoardModule,
  AssignmentPlanningModule,
  OffersModule,
  AssignmentModule,
  CallingPolicyModule,
  CustomerTextsModule,
  CallPlanningModule,
  CallAttemptsModule,
  CustomerCommandsModule,
  CallResultsModule,
  DeliveryCommandsModule,
  AgentCommandsModule,
  DeliveryImportsModule,
  CustomerErasureModule,
  AgentDayModule,
];

/** All features of routing, without the infrastructure that `RoutingModule` provides. */
@Module({})
export class RoutingFeatures {
  static forConfig(config: RoutingConfig): DynamicModule {
    return {
      module: RoutingFeatures,
      imports: [ConfigModule.forConfig(config), OperationsModule.forApp('routing'), ...FEATURES],
    };
  }
}

/** Composition root of routing. */
@Module({})
export class RoutingModule {
  static forConfig(config: RoutingConfig): DynamicModule {
    return {
      module: RoutingModule,
      imports: [
        ...createInfrastructureModules('routing', config, { redisUrl: config.REDIS_URL, queues: ROUTING_QUEUES }),
        RoutingFeatures.forConfig(config),
      ],
    };
  }
}
