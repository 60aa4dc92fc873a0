import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { timelineEntrySchema } from '#libs/persistence/schemas/analytics/timeline-entries.js';
import { ProjectionsModule } from '../projections/projections.module.js';
import { GetTimeline } from './get-timeline.js';
import { TIMELINE_ENTRY_MODEL, TimelineRepository } from './timeline.repository.js';
import { TimelineRpc } from './timeline.rpc.js';

export type { TimelineEntryDocument } from '#libs/persistence/schemas/analytics/timeline-entries.js';
export { TimelineRepository } from './timeline.repository.js';

/** Each delivery's timeline, one sentence per event. */
@Module({
  imports: [
    MongooseModule.forFeature([{ name: TIMELINE_ENTRY_MODEL, schema: timelineEntrySchema }]),
    ProjectionsModule,
  ],
  controllers: [TimelineRpc],
  providers: [TimelineRepository, GetTimeline],
  exports: [TimelineRepository],
})
export class TimelineModule {}
