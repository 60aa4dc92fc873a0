import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { userSchema } from '#libs/persistence/schemas/gateway/users.js';
import { UserRepository } from './user.repository.js';

export { createInvalidAgentProblem } from './invalid-agent.js';
export { EMAIL, toUser, User, UserChanges, UserPage, UsersQuery } from './user.dto.js';
export { UserRepository } from './user.repository.js';

/** The users of an organization: storage and API representation. */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'User', schema: userSchema }])],
  providers: [UserRepository],
  exports: [UserRepository],
})
export class UsersModule {}
