import { Module } from '@nestjs/common';
import { OperationsModule } from '#libs/platform/operations/operations.module.js';
import { CachingModule } from '../caching/caching.module.js';
import { CollectAppReports } from './collect-app-reports.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { OperationsController } from './operations.controller.js';
import { RedriveDeadLetter } from './redrive-dead-letter.js';

/** Endpoints for the operator of the installation: queues, health, cache and dead letters. */
@Module({
  imports: [OperationsModule.forApp('gateway'), CachingModule],
  controllers: [OperationsController, DeadLettersController],
  providers: [CollectAppReports, RedriveDeadLetter],
})
export class AdminModule {}
