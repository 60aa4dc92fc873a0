import { Module } from '@nestjs/common';
import { OperationsModule } from '#libs/platform/operations/operations.module.js';
import { CachingModule } from '../caching/caching.module.js';
import { AskApps } from './ask-apps.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { OperationsController } from './operations.controller.js';
import { RedriveDeadLetter } from './redrive-dead-letter.js';

/** What the operator of the installation sees and does. */
@Module({
  imports: [OperationsModule.forApp('gateway'), CachingModule],
  controllers: [OperationsController, DeadLettersController],
  providers: [AskApps, RedriveDeadLetter],
})
export class AdminModule {}
