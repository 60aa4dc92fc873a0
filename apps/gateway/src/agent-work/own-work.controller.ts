import { Controller, Param } from '@nestjs/common';
import {
  DeclinedDelivery,
  DeclineDeliveryRpc,
  DeclineInput,
  Delivery,
  GetOwnDayRpc,
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
import { CodesOfTheDay } from './codes-of-the-day.js';

class DayQuery {
  @TextField({
    optional: true,
    max: 10,
    pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
    patternMeaning: 'a date: 2026-03-02',
    example: '2026-03-02',
    description: 'By default today, in the organisation’s zone.',
  })
  date?: string;
}

/** An agent's own work; the agent is the token's, never the path's. Here and in their inbox an access code is told, on the day. */
@Controller('v1/me')
export class OwnWorkController {
  constructor(
    private readonly rpc: RpcClient,
    private readonly codes: CodesOfTheDay,
  ) {}

  @Operation('GET', 'day', {
    id: 'getOwnDay',
    summary: 'The agent’s deliveries of a day, in the order of stops.',
    access: 'work:own',
    query: DayQuery,
    reply: OwnDay,
  })
  day(@ContractQuery(DayQuery) { date }: DayQuery, @AsCaller() caller: Caller): Promise<OwnDay> {
    const { agentId } = caller;
    return this.rpc.call(GetOwnDayRpc, { agentId, ...(date === undefined ? {} : { date }) }, caller.options);
  }

  @Operation('POST', 'deliveries/:deliveryId/status', {
    id: 'reportOwnDeliveryStatus',
    summary: 'The agent set out with it, handed it over, or could not.',
    description: 'Reporting again what is so already changes nothing.',
    access: 'work:own',
    body: StatusReportInput,
    status: 200,
    reply: Delivery,
    etag: true,
    errors: ReportStatusRpc.errors,
  })
  async status(
    @Param('deliveryId') deliveryId: string,
    @ContractBody(StatusReportInput) report: StatusReportInput,
    @AsCaller() caller: Caller,
  ): Promise<Delivery> {
    const reported = { agentId: caller.agentId, deliveryId, report };
    return this.codes.show(caller.organizationId, await this.rpc.call(ReportStatusRpc, reported, caller.options));
  }

  @Operation('POST', 'deliveries/:deliveryId/decline', {
    id: 'declineOwnDelivery',
    summary: 'The agent does not take a delivery they were given: it goes to another, and never to them again.',
    description: 'Until they are on the way with it. Declining again changes nothing.',
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
    summary: 'The agent met a problem; dispatchers see it at once.',
    access: 'work:own',
    body: ProblemReportInput,
    reply: ReportedProblem,
  })
  problem(
    @Param('deliveryId') deliveryId: string,
    @ContractBody(ProblemReportInput) problem: ProblemReportInput,
    @AsCaller() caller: Caller,
  ): Promise<ReportedProblem> {
    return this.rpc.call(ReportProblemRpc, { agentId: caller.agentId, deliveryId, problem }, caller.options);
  }
}
