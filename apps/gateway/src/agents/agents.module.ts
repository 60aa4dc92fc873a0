import { Module } from '@nestjs/common';
import { AuthenticationModule } from '../authentication/authentication.module.js';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { AgentsController } from './agents.controller.js';

/** The agents of an organization, their shifts and their tokens. */
@Module({ imports: [AuthenticationModule, IdempotencyModule], controllers: [AgentsController] })
export class AgentsModule {}
