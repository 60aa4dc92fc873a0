import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { assignmentBoardSchema } from '#libs/persistence/schemas/routing/assignment-boards.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { AssignmentBoardRepository } from './assignment-board.repository.js';
import { ReleaseDeliveries } from './release-deliveries.js';
import { ScheduleAssignment } from './schedule-assignment.js';
import { TakeBackDelivery } from './take-back-delivery.js';

export { AssignmentBoardRepository } from './assignment-board.repository.js';
export { ReleaseDeliveries } from './release-deliveries.js';
export { ScheduleAssignment } from './schedule-assignment.js';
export { TakeBackDelivery } from './take-back-delivery.js';
/** The board of an organization: what waits for an agent, and when it is planned next. */
@Module({
  imports: [DeliveriesModule, MongooseModule.forFeature([{ name: 'AssignmentBoard', schema: assignmentBoardSchema }])],
  providers: [AssignmentBoardRepository, ScheduleAssignment, ReleaseDeliveries, TakeBackDelivery],
  exports: [AssignmentBoardRepository, ScheduleAssignment, ReleaseDeliveries, TakeBackDelivery],
})
export class AssignmentBoardModule {}
