import { Module } from '@nestjs/common';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { EdgeRedisModule } from '../edge-redis/edge-redis.module.js';
import { Replays } from './idempotency-store.js';
import { OwnCommands } from './idempotent-commands.js';

export { AT_OWNER, Claim, Replays, requestHashOf } from './idempotency-store.js';
export { AsOwnCommand, type OwnCommand } from './idempotent-command.js';
export { OwnCommands } from './idempotent-commands.js';

/** Requests with an `Idempotency-Key` take effect once and are answered alike. */
@Module({
  imports: [CredentialsModule, EdgeRedisModule],
  providers: [Replays, OwnCommands],
  exports: [Replays, OwnCommands],
})
export class IdempotencyModule {}
