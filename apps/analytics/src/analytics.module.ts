import { Module, type DynamicModule } from '@nestjs/common';
import { meshInfrastructure } from '#libs/platform/boot/mesh-infrastructure.js';
import { OperationsModule } from '#libs/platform/operations/operations.module.js';
import { MongooseModule } from '@nestjs/mongoose';
import { timelineEntrySchema } from '#libs/persistence/schemas/analytics/timeline-entries.js';
import type { AppConfig } from '#libs/platform/config/index.js';
import { AgentFiguresRepository } from './agents/agent-figures.repository.js';
import { GetAgentFigures } from './agents/get-agent-figures.js';
import { AnalyticsRpc } from './analytics.rpc.js';
import { CallFiguresRepository } from './calls/call-figures.repository.js';
import { GetInsights } from './insights/get-insights.js';
import { InsightsRepository } from './insights/insights.repository.js';
import { GetCallFigures } from './calls/get-call-figures.js';
import { EventsConsumer } from './projections/events.consumer.js';
import { PROJECTION_MODELS, ProjectionStore } from './projections/projection.store.js';
import { RecordEvent } from './projections/record-event.js';
import { RebuildProjections } from './rebuild/rebuild-projections.js';
import { GetSummary } from './summary/get-summary.js';
import { SummaryRepository } from './summary/summary.repository.js';
import { AgentNamesRepository } from './timeline/agent-names.repository.js';
import { GetTimeline } from './timeline/get-timeline.js';
import { TIMELINE_ENTRY_MODEL, TimelineRepository } from './timeline/timeline.repository.js';

/** The composition root. Analytics has no adapters: it only listens and counts. */
@Module({})
export class AnalyticsModule {
  static forConfig(config: AppConfig): DynamicModule {
    return {
      module: AnalyticsModule,
      imports: [
        ...meshInfrastructure('analytics', config),
        OperationsModule.forApp('analytics'),
        MongooseModule.forFeature([...PROJECTION_MODELS, { name: TIMELINE_ENTRY_MODEL, schema: timelineEntrySchema }]),
      ],
      controllers: [EventsConsumer, AnalyticsRpc],
      providers: [
        ...[ProjectionStore, RecordEvent, RebuildProjections],
        ...[SummaryRepository, GetSummary],
        ...[AgentFiguresRepository, GetAgentFigures],
        ...[CallFiguresRepository, InsightsRepository, GetInsights, GetCallFigures],
        ...[TimelineRepository, AgentNamesRepository, GetTimeline],
      ],
    };
  }
}
