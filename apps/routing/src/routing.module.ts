import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { meshInfrastructure } from '#libs/platform/boot/mesh-infrastructure.js';
import { ThreadedAssignmentSolver } from '#libs/adapters/assignment-solver/threaded-assignment-solver.js';
import { OsrmTravelTimes } from '#libs/adapters/travel-times/osrm/osrm-travel-times.js';
import { ValhallaTravelTimes } from '#libs/adapters/travel-times/valhalla/valhalla-travel-times.js';
import { TravelTimes } from '#libs/ports/travel-times.js';
import { AssignmentSolver } from '#libs/ports/assignment-solver.js';
import { OperationsModule } from '#libs/platform/operations/operations.module.js';
import { MongooseModule } from '@nestjs/mongoose';
import { travelRecordSchema } from '#libs/persistence/schemas/routing/travel-records.js';
import { zoneOfPosition } from '#libs/domain/calling-rules/zone-of-position.js';
import { agentLocationSchema } from '#libs/persistence/schemas/routing/agent-locations.js';
import { agentRecordSchema } from '#libs/persistence/schemas/routing/agent-records.js';
import { agentSchema } from '#libs/persistence/schemas/routing/agents.js';
import { assignmentBoardSchema } from '#libs/persistence/schemas/routing/assignment-boards.js';
import { consentRecordSchema } from '#libs/persistence/schemas/routing/consent-records.js';
import { contactTrySchema } from '#libs/persistence/schemas/routing/contact-tries.js';
import { customerErasureSchema } from '#libs/persistence/schemas/routing/customer-erasures.js';
import { customerSchema } from '#libs/persistence/schemas/routing/customers.js';
import { deliverySchema } from '#libs/persistence/schemas/routing/deliveries.js';
import { deliveryImportRowSchema } from '#libs/persistence/schemas/routing/delivery-import-rows.js';
import { deliveryImportSchema } from '#libs/persistence/schemas/routing/delivery-imports.js';
import { organizationProfileSchema } from '#libs/persistence/schemas/routing/organization-profiles.js';
import { AgentLocationRepository } from './agents/agent-location.repository.js';
import { AgentRepository } from './agents/agent.repository.js';
import { AgentsConsumer } from './agents/agents.consumer.js';
import { CreateAgent } from './agents/create-agent.js';
import { DeactivateAgent } from './agents/deactivate-agent.js';
import { DescribeAgents } from './agents/describe-agents.js';
import { ListAgents } from './agents/list-agents.js';
import { PutAgentShifts } from './agents/put-agent-shifts.js';
import { ReportAgentLocation } from './agents/report-agent-location.js';
import { SetAgentAvailability } from './agents/set-agent-availability.js';
import { UpdateAgent } from './agents/update-agent.js';
import { ApplyAcknowledgement } from './assignment/apply-acknowledgement.js';
import { AssignDeliveries } from './assignment/assign-deliveries.js';
import { AssignmentBoardRepository } from './assignment/assignment-board.repository.js';
import { AssignmentConsumer } from './assignment/assignment.consumer.js';
import { CarryOutPlan } from './assignment/carry-out-plan.js';
import { CommitAssignment } from './assignment/commit-assignment.js';
import { ExpireOffer } from './assignment/expire-offer.js';
import { PlanAssignment } from './assignment/plan-assignment.js';
import { ReleaseDeliveries } from './assignment/release-deliveries.js';
import { TakeBackDelivery } from './assignment/take-back-delivery.js';
import { DeliveryAgentConsumer } from './assignment/delivery-agent.consumer.js';
import { ReassignDelivery } from './assignment/reassign-delivery.js';
import { ScheduleAssignment } from './assignment/schedule-assignment.js';
import { CallResultsConsumer } from './call-results/call-results.consumer.js';
import { ContinueContact } from './call-results/continue-contact.js';
import { ExpectWords } from './call-results/expect-words.js';
import { RecordContactFact } from './call-results/record-contact-fact.js';
import { UnderstandingOverdueWorker } from './call-results/understanding-overdue.worker.js';
import { ContactModels } from './call-timing/contact-models.js';
import { ContactTryRepository } from './call-timing/contact-try.repository.js';
import { RecordContactTry } from './call-timing/record-contact-try.js';
import { BeginAttempt } from './calls/begin-attempt.js';
import { CallsConsumer } from './calls/calls.consumer.js';
import { TextCustomer } from './calls/text-customer.js';
import { ContinueWithoutCall } from './calls/continue-without-call.js';
import { DecideNextCall } from './calls/decide-next-call.js';
import { ForgetUnrungAttempt } from './calls/forget-unrung-attempt.js';
import { GetCallTiming } from './calls/get-call-timing.js';
import { NextCallAfterAttempt } from './calls/next-call-after-attempt.js';
import { PlanNextCall } from './calls/plan-next-call.js';
import { ReplanCalls } from './calls/replan-calls.js';
import { RequestCall } from './calls/request-call.js';
import { StartCall } from './calls/start-call.js';
import { ZONE_OF_POSITION } from './calls/zone-of-position.js';
import { ConsentRecordRepository } from './customers/consent-record.repository.js';
import { CustomerRepository } from './customers/customer.repository.js';
import { CustomersConsumer } from './customers/customers.consumer.js';
import { ListCustomers } from './customers/list-customers.js';
import { OptOutCustomer } from './customers/opt-out-customer.js';
import { PutConsent } from './customers/put-consent.js';
import { PutCustomer } from './customers/put-customer.js';
import { PutPreferences } from './customers/put-preferences.js';
import { SetDoNotCall } from './customers/set-do-not-call.js';
import { UpdateCustomer } from './customers/update-customer.js';
import { CancelDelivery } from './deliveries/cancel-delivery.js';
import { CreateDelivery } from './deliveries/create-delivery.js';
import { DeliveriesConsumer } from './deliveries/deliveries.consumer.js';
import { DeliveryRepository } from './deliveries/delivery.repository.js';
import { FindDeliveryCustomer } from './deliveries/find-delivery-customer.js';
import { ListDeliveries } from './deliveries/list-deliveries.js';
import { PlanDelivery } from './deliveries/plan-delivery.js';
import { RescheduleDelivery } from './deliveries/reschedule-delivery.js';
import { UpdateDelivery } from './deliveries/update-delivery.js';
import { ROUTING_QUEUES } from './delivery-queue.js';
import { AppendImportRows } from './imports/append-import-rows.js';
import { DeliveryImportRepository } from './imports/delivery-import.repository.js';
import { ImportChunk } from './imports/import-chunk.js';
import { ImportRowRepository } from './imports/import-row.repository.js';
import { ImportsConsumer } from './imports/imports.consumer.js';
import { ListImportRows } from './imports/list-import-rows.js';
import { StartDeliveryImport } from './imports/start-delivery-import.js';
import { CustomerErasureRepository } from './erasure/customer-erasure.repository.js';
import { EraseCustomer } from './erasure/erase-customer.js';
import { ErasureConsumer } from './erasure/erasure.consumer.js';
import { RecordErasureReport } from './erasure/record-erasure-report.js';
import { FindOrganizationProfile } from './organizations/find-organization-profile.js';
import { OrganizationProfileRepository } from './organizations/organization-profile.repository.js';
import { OrganizationsConsumer } from './organizations/organizations.consumer.js';
import { RoutingConfig } from './routing.config.js';
import { AgentRecordRepository } from './performance/agent-record.repository.js';
import { ExpectedFailures } from './performance/expected-failures.js';
import { GetAgentPerformance } from './performance/get-agent-performance.js';
import { PerformanceConsumer } from './performance/performance.consumer.js';
import { FindKnownWays } from './travel/find-known-ways.js';
import { LearnTravel } from './travel/learn-travel.js';
import { TravelRecordRepository } from './travel/travel-record.repository.js';
import { DeclineDelivery } from './work/decline-delivery.js';
import { LearnPreferences } from './preferences/learn-preferences.js';
import { GetOwnDay } from './work/get-own-day.js';
import { LearnFromHandOver } from './work/learn-from-hand-over.js';
import { NoteListening } from './work/note-listening.js';
import { ReportProblem } from './work/report-problem.js';
import { ReportStatus } from './work/report-status.js';
import { WorkConsumer } from './work/work.consumer.js';

const organizations = [OrganizationProfileRepository, FindOrganizationProfile];
const customers = [
  ...[CustomerRepository, ConsentRecordRepository, ListCustomers, PutCustomer, UpdateCustomer],
  ...[PutPreferences, PutConsent, OptOutCustomer, SetDoNotCall],
  ...[CustomerErasureRepository, EraseCustomer, RecordErasureReport],
];
const agents = [
  ...[AgentRepository, AgentLocationRepository, DescribeAgents, ListAgents, CreateAgent, UpdateAgent],
  ...[PutAgentShifts, SetAgentAvailability, ReportAgentLocation, DeactivateAgent],
];
const deliveries = [
  DeliveryRepository,
  FindDeliveryCustomer,
  PlanDelivery,
  CreateDelivery,
  UpdateDelivery,
  RescheduleDelivery,
  CancelDelivery,
  ListDeliveries,
];
const imports = [
  ...[DeliveryImportRepository, ImportRowRepository],
  ...[AppendImportRows, StartDeliveryImport, ImportChunk, ListImportRows],
];
const work = [NoteListening, LearnFromHandOver, GetOwnDay, ReportStatus, ReportProblem, DeclineDelivery];
const travel = [TravelRecordRepository, LearnTravel, FindKnownWays];
const performance = [AgentRecordRepository, ExpectedFailures, GetAgentPerformance];
const preferences = [LearnPreferences];
const callTiming = [ContactTryRepository, ContactModels, RecordContactTry];
const calls = [
  DecideNextCall,
  PlanNextCall,
  BeginAttempt,
  RequestCall,
  StartCall,
  ReplanCalls,
  GetCallTiming,
  ForgetUnrungAttempt,
  ContinueWithoutCall,
  TextCustomer,
  NextCallAfterAttempt,
];
const callResults = [RecordContactFact, ContinueContact, ExpectWords, UnderstandingOverdueWorker];
const assignment = [
  AssignmentBoardRepository,
  ScheduleAssignment,
  PlanAssignment,
  TakeBackDelivery,
  ExpireOffer,
  CarryOutPlan,
  AssignDeliveries,
  CommitAssignment,
  ReleaseDeliveries,
  ReassignDelivery,
  ApplyAcknowledgement,
];

/** The delivery's life: when to call, whom to assign, what was learned. Needs the infrastructure of `RoutingModule`. */
@Module({})
export class RoutingFeatures implements OnApplicationShutdown {
  constructor(private readonly solver: AssignmentSolver) {}

  onApplicationShutdown(): Promise<void> {
    return this.solver.close();
  }

  static forConfig(config: RoutingConfig): DynamicModule {
    return {
      module: RoutingFeatures,
      imports: [
        OperationsModule.forApp('routing'),
        MongooseModule.forFeature([
          { name: 'OrganizationProfile', schema: organizationProfileSchema },
          { name: 'Customer', schema: customerSchema },
          { name: 'ConsentRecord', schema: consentRecordSchema },
          { name: 'CustomerErasure', schema: customerErasureSchema },
          { name: 'Agent', schema: agentSchema },
          { name: 'AgentRecord', schema: agentRecordSchema },
          { name: 'TravelRecord', schema: travelRecordSchema },
          { name: 'AgentLocation', schema: agentLocationSchema },
          { name: 'ContactTry', schema: contactTrySchema },
          { name: 'Delivery', schema: deliverySchema },
          { name: 'AssignmentBoard', schema: assignmentBoardSchema },
          { name: 'DeliveryImport', schema: deliveryImportSchema },
          { name: 'DeliveryImportRow', schema: deliveryImportRowSchema },
        ]),
      ],
      controllers: [
        OrganizationsConsumer,
        CustomersConsumer,
        ErasureConsumer,
        AgentsConsumer,
        DeliveriesConsumer,
        CallsConsumer,
        CallResultsConsumer,
        AssignmentConsumer,
        DeliveryAgentConsumer,
        WorkConsumer,
        PerformanceConsumer,
        ImportsConsumer,
      ],
      providers: [
        { provide: RoutingConfig, useValue: config },
        { provide: TravelTimes, useFactory: () => travelTimes(config) },
        { provide: AssignmentSolver, useFactory: () => new ThreadedAssignmentSolver() },
        { provide: ZONE_OF_POSITION, useValue: zoneOfPosition },
        ...organizations,
        ...customers,
        ...agents,
        ...deliveries,
        ...preferences,
        ...callTiming,
        ...calls,
        ...callResults,
        ...assignment,
        ...work,
        ...performance,
        ...travel,
        ...imports,
      ],
    };
  }
}

/** The map's server; none where the great circle is all there is. */
function travelTimes({ TRAVEL_TIMES: map, TRAVEL_TIMES_URL: url }: RoutingConfig): TravelTimes | undefined {
  if (map === 'great-circle') return undefined;
  if (url === undefined) throw new Error(`TRAVEL_TIMES is ${map}: say by TRAVEL_TIMES_URL where its server is.`);
  return map === 'osrm' ? new OsrmTravelTimes({ url }) : new ValhallaTravelTimes({ url });
}

/** The app: its features on real servers. */
@Module({})
export class RoutingModule {
  static forConfig(config: RoutingConfig): DynamicModule {
    return {
      module: RoutingModule,
      imports: [
        ...meshInfrastructure('routing', config, {
          redisUrl: config.REDIS_URL,
          queues: ROUTING_QUEUES,
        }),
        RoutingFeatures.forConfig(config),
      ],
    };
  }
}
