import { Module } from '@nestjs/common';
import { CallsController } from './calls.controller.js';
import { RecordingsController } from './recordings.controller.js';

/** Calls to customers and their recordings. */
@Module({ controllers: [CallsController, RecordingsController] })
export class CallsModule {}
