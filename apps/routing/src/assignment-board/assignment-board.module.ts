import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { assignmentBoardSchema } from '#libs/persistence/schemas/routing/assignment-boards.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { AssignmentBoardRepository } from './assignment-board.repository.js';
import { ReleaseDeliveries } from './release-deliveries.js';
import { RevokeAssignment } from './revoke-assignment.js';
import { ScheduleAssignment } from './schedule-assignment.js';

export { AssignmentBoardRepository } from './assignment-board.repository.js';
export { ReleaseDeliveries } from './release-deliveries.js';
export { RevokeAssignment } from './revoke-assignment.js';
export { ScheduleAssignment } from './schedule-assignment.js';

/** The board of an organization: its version, and the scheduling and release of assignments. */
@Module({
  imports: [DeliveriesModule, MongooseModule.forFeature([{ name: 'AssignmentBoard', schema: assignmentBoardSchema }])],
  providers: [AssignmentBoardRepository, ScheduleAssignment, ReleaseDeliveries, RevokeAssignment],
  exports: [AssignmentBoardRepository, ScheduleAssignment, ReleaseDeliveries, RevokeAssignment],
})
export class AssignmentBoardModule {}
