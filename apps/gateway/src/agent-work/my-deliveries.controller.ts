import { Controller, Param } from '@nestjs/common';
import {
  DeclinedDelivery,
  DeclineDeliveryRpc,
  DeclineInput,
  Delivery,
  GetAgentDayRpc,
  OwnDay,
  ProblemReportInput,
  ReportedProblem,
  ReportProblemRpc,
  ReportStatusRpc,
  StatusReportInput,
  TextField,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractBody, ContractQuery, Operation } from '../requests/requests.module.js';
import { AccessCodeVisibility } from './access-code-visibility.js';

class DayQuery {
  @TextField({
    optional: true,
    max: 10,
    pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
    patternMeaning: 'a date: 2026-03-02',
    example: '2026-03-02',
    description: 'Default: today in the organization’s time zone.',
  })
  date?: string;
}

/**
 * The signed-in agent's deliveries. Access codes are shown only here and in the agent's inbox, on the day of the
 * delivery.
 */
@Controller('v1/me')
export class MyDeliveriesController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly codeVisibility: AccessCodeVisibility,
  ) {}

  @Operation('GET', 'day', {
    id: 'getOwnDay',
    summary: 'Lists the agent’s deliveries of a day, in the order of stops.',
    access: 'work:own',
    query: DayQuery,
    reply: OwnDay,
  })
  getDay(@ContractQuery(DayQuery) { date }: DayQuery, @AsCaller() caller: Caller): Promise<OwnDay> {
    const { agentId } = caller;
    // Routing has already removed the access codes of every day except today.
    return this.rpc.call(GetAgentDayRpc, { agentId, ...(date === undefined ? {} : { date }) }, caller.options);
  }

  @Operation('POST', 'deliveries/:deliveryId/status', {
    id: 'reportOwnDeliveryStatus',
    summary: 'Reports that the agent is out for delivery, has delivered, or could not deliver.',
    description: 'Reporting the current status again changes nothing.',
    access: 'work:own',
    body: StatusReportInput,
    status: 200,
    reply: Delivery,
    etag: true,
    errors: ReportStatusRpc.errors,
  })
  async reportStatus(
    @Param('deliveryId') deliveryId: string,
    @ContractBody(StatusReportInput) report: StatusReportInput,
    @AsCaller() caller: Caller,
  ): Promise<Delivery> {
    const request = { agentId: caller.agentId, deliveryId, report };
    const delivery = await this.rpc.call(ReportStatusRpc, request, caller.options);
    return this.codeVisibility.apply(caller.organizationId, delivery);
  }

  @Operation('POST', 'deliveries/:deliveryId/decline', {
    id: 'declineOwnDelivery',
    summary: 'Declines an assigned delivery. It is assigned to another agent and never offered to this one again.',
    description: 'Possible until the delivery is out for delivery. Declining again changes nothing.',
    access: 'work:own',
    body: DeclineInput,
    status: 200,
    reply: DeclinedDelivery,
    errors: DeclineDeliveryRpc.errors,
  })
  decline(
    @Param('deliveryId') deliveryId: string,
    @ContractBody(DeclineInput) decline: DeclineInput,
    @AsCaller() caller: Caller,
  ): Promise<DeclinedDelivery> {
    return this.rpc.call(DeclineDeliveryRpc, { agentId: caller.agentId, deliveryId, decline }, caller.options);
  }

  @Operation('POST', 'deliveries/:deliveryId/problems', {
    id: 'reportOwnProblem',
    summary: 'Reports a problem. Dispatchers see it immediately.',
    access: 'work:own',
    body: ProblemReportInput,
    reply: ReportedProblem,
  })
  reportProblem(
    @Param('deliveryId') deliveryId: string,
    @ContractBody(ProblemReportInput) problem: ProblemReportInput,
    @AsCaller() caller: Caller,
  ): Promise<ReportedProblem> {
    return this.rpc.call(ReportProblemRpc, { agentId: caller.agentId, deliveryId, problem }, caller.options);
  }
}
