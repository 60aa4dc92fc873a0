import { Module } from '@nestjs/common';
import { AssignmentController } from './assignment.controller.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DispatchController } from './dispatch.controller.js';

/** Deliveries, and what dispatchers decide about them. */
@Module({ controllers: [DeliveriesController, DispatchController, AssignmentController] })
export class DeliveriesModule {}
