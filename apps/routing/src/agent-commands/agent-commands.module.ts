import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { AssignmentBoardModule } from '../assignment-board/assignment-board.module.js';
import { AgentCommandsRpc } from './agent-commands.rpc.js';
import { CreateAgent } from './create-agent.js';
import { DeactivateAgent } from './deactivate-agent.js';
import { PutAgentShifts } from './put-agent-shifts.js';
import { SetAgentAvailability } from './set-agent-availability.js';
import { UpdateAgent } from './update-agent.js';

export { CreateAgent } from './create-agent.js';

/** Commands that change agents and thereby what can be assigned to them. */
@Module({
  imports: [AgentsModule, AssignmentBoardModule],
  controllers: [AgentCommandsRpc],
  providers: [CreateAgent, DeactivateAgent, PutAgentShifts, SetAgentAvailability, UpdateAgent],
})
export class AgentCommandsModule {}
