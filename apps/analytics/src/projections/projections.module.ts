import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AgentNamesRepository } from './agent-names.repository.js';
import { PROJECTION_MODELS, ProjectionStore } from './projection.store.js';

export { AgentNamesRepository } from './agent-names.repository.js';
export { ProjectionStore } from './projection.store.js';
export { toProjectionChanges, CONVERSATION_OUTCOMES, RANG_OUTCOMES } from './rules.js';

/** Projections of deliveries, calls, messages and agents. Exports their models for queries. */
@Module({
  imports: [MongooseModule.forFeature(PROJECTION_MODELS)],
  providers: [ProjectionStore, AgentNamesRepository],
  exports: [MongooseModule, ProjectionStore, AgentNamesRepository],
})
export class ProjectionsModule {}
