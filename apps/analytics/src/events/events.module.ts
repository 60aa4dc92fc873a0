import { Module } from '@nestjs/common';
import { ProjectionsModule } from '../projections/projections.module.js';
import { TimelineModule } from '../timeline/timeline.module.js';
import { EventsConsumer } from './events.consumer.js';
import { RebuildProjections } from './rebuild-projections.js';
import { RecordEvent } from './record-event.js';

/** Records events in projections and timelines, as they arrive and again when projections are rebuilt. */
@Module({
  imports: [ProjectionsModule, TimelineModule],
  controllers: [EventsConsumer],
  providers: [RecordEvent, RebuildProjections],
  exports: [RebuildProjections],
})
export class EventsModule {}
