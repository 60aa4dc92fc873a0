import { Module } from '@nestjs/common';
import { AssignmentController } from './assignment.controller.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DispatchController } from './dispatch.controller.js';

/** Deliveries, dispatch and assignment. */
@Module({ controllers: [DeliveriesController, DispatchController, AssignmentController] })
export class DeliveriesModule {}
