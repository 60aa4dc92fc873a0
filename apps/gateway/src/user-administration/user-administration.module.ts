import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { UpdateUser } from './update-user.js';
import { UsersController } from './users.controller.js';

/** Administration of the users of an organization. */
@Module({
  imports: [IdempotencyModule, OrganizationsModule, RevocationModule, SessionsModule, UsersModule],
  controllers: [UsersController],
  providers: [UpdateUser],
})
export class UserAdministrationModule {}
