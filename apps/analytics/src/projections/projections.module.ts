import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AgentNamesRepository } from './agent-names.repository.js';
import { PROJECTION_MODELS, ProjectionStore } from './projection.store.js';

export { AgentNamesRepository } from './agent-names.repository.js';
export { ProjectionStore } from './projection.store.js';
export { changesOf, IN_PERSON, RUNG } from './rules.js';

/** What is known of each delivery, call, message and agent, joined from events. Exports the models, to be queried. */
@Module({
  imports: [MongooseModule.forFeature(PROJECTION_MODELS)],
  providers: [ProjectionStore, AgentNamesRepository],
  exports: [MongooseModule, ProjectionStore, AgentNamesRepository],
})
export class ProjectionsModule {}
