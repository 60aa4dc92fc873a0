import { Module } from '@nestjs/common';
import { AgentWorkModule } from '../agent-work/agent-work.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { AuthenticationModule } from '../authentication/authentication.module.js';
import { CachingModule } from '../caching/caching.module.js';
import { RevocationModule } from '../revocation/revocation.module.js';
import { AdmitSocket } from './admit-socket.js';
import { AuthenticateMember } from './authenticate-member.js';
import { LiveMetrics } from './live-metrics.js';
import { LiveRequests } from './live-requests.js';
import { LiveSessions } from './live-sessions.js';
import { LiveConsumer } from './live.consumer.js';
import { LiveGateway } from './live.gateway.js';

export { LiveAdapter } from './live.adapter.js';

/** The live channel: sockets of agents and dispatchers. */
@Module({
  imports: [AgentWorkModule, AuditModule, AuthenticationModule, CachingModule, RevocationModule],
  controllers: [LiveConsumer],
  providers: [AdmitSocket, AuthenticateMember, LiveMetrics, LiveRequests, LiveSessions, LiveGateway],
  exports: [LiveMetrics],
})
export class LiveModule {}
