import { Module } from '@nestjs/common';
import { CredentialsModule } from '../credentials/credentials.module.js';
import { EdgeRedisModule } from '../edge-redis/edge-redis.module.js';
import { IdempotencyStore } from './idempotency-store.js';
import { IdempotentCommands } from './idempotent-commands.js';

export { AT_OWNER, Claim, IdempotencyStore, toRequestHash } from './idempotency-store.js';
export { AsIdempotentCommand, type IdempotentCommand } from './idempotent-command.js';
export { IdempotentCommands } from './idempotent-commands.js';

/** Requests with an `Idempotency-Key` take effect once, and repeats get the first response. */
@Module({
  imports: [CredentialsModule, EdgeRedisModule],
  providers: [IdempotencyStore, IdempotentCommands],
  exports: [IdempotencyStore, IdempotentCommands],
})
export class IdempotencyModule {}
