import { Controller } from '@nestjs/common';
import {
  DeclineDeliveryRpc,
  GetAgentDayRpc,
  ReportProblemRpc,
  ReportStatusRpc,
  type DeclinedDelivery,
  type DeclineDeliveryRequest,
  type Delivery,
  type GetAgentDayRequest,
  type OwnDay,
  type ReportedProblem,
  type ReportProblemRequest,
  type ReportStatusRequest,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type CommandContext } from '#libs/messaging/index.js';
import { toDelivery } from '../deliveries/deliveries.module.js';
import { GetAgentDay } from './get-agent-day.js';
import { DeclineDelivery } from './decline-delivery.js';
import { ReportProblem } from './report-problem.js';
import { ReportStatus } from './report-status.js';

/** Queries and commands of the signed-in agent about their day. */
@Controller()
export class AgentDayRpc {
  constructor(
    private readonly getAgentDay: GetAgentDay,
    private readonly reportStatus: ReportStatus,
    private readonly declineDelivery: DeclineDelivery,
    private readonly reportProblem: ReportProblem,
  ) {}

  @OnRpc(GetAgentDayRpc)
  getDay(request: GetAgentDayRequest, { organizationId }: QueryContext): Promise<OwnDay> {
    return this.getAgentDay.execute(organizationId, request);
  }

  @OnRpc(ReportStatusRpc)
  async changeStatus(request: ReportStatusRequest, { organizationId, tx }: CommandContext): Promise<Delivery> {
    return toDelivery(await this.reportStatus.execute(organizationId, request, tx));
  }

  @OnRpc(DeclineDeliveryRpc)
  decline(request: DeclineDeliveryRequest, { organizationId, tx }: CommandContext): Promise<DeclinedDelivery> {
    return this.declineDelivery.execute(organizationId, request, tx);
  }

  @OnRpc(ReportProblemRpc)
  recordProblem(request: ReportProblemRequest, { organizationId, tx }: CommandContext): Promise<ReportedProblem> {
    return this.reportProblem.execute(organizationId, request, tx);
  }
}
