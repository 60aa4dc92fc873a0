import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { FaultInjector } from '../faults/faults.module.js';
import { CustomerBook } from '../personas/personas.module.js';
import { SimulatorConfig } from '../config/config.module.js';
import {
  type ListQuery,
  toPageJson,
  paginate,
  RateLimitGuard,
  TwilioApiError,
  TwilioAuthGuard,
} from '../twilio/twilio.module.js';
import { CallBook, type CallRecord } from '../call-book/call-book.module.js';
import { type CallRequest, parseCallRequest } from '../call-line/call-line.module.js';
import type { Form } from '../request-bodies/request-bodies.module.js';
import { toCallJson } from './call-resource.js';
import { isFinal } from '../ledger/ledger.module.js';
import { listCalls } from './list-calls.js';
import { Switchboard } from './switchboard.js';

/** Twilio's Calls resource. */
@Controller('2010-04-01/Accounts/:accountSid')
@UseGuards(TwilioAuthGuard, RateLimitGuard)
export class CallsController {
  constructor(
    private readonly config: SimulatorConfig,
    private readonly calls: CallBook,
    private readonly switchboard: Switchboard,
    private readonly customers: CustomerBook,
    private readonly faults: FaultInjector,
  ) {}

  @Post('Calls.json')
  async create(@Body() form: Form, @Req() request: FastifyRequest): Promise<Record<string, unknown>> {
    const callRequest = parseCallRequest(form ?? {});
    const refusal = this.customers.findCustomer(callRequest.to)?.persona.refusedWith;
    if (refusal !== undefined) throw new TwilioApiError(refusal);
    if (!this.faults.canCreateCall(Date.now(), this.calls.openCount)) throw new TwilioApiError(20429);
    if (this.faults.shouldInject('createTimeout')) return this.createAfterTimeout(callRequest, request.raw.socket);
    const call = await this.switchboard.place(callRequest);
    if (this.faults.shouldInject('createErrorAfterEffect')) throw new TwilioApiError(20500);
    return toCallJson(call, this.config.accountSid);
  }

  @Get('Calls.json')
  list(@Query() query: ListQuery): Record<string, unknown> {
    const visibleUntil = Date.now() - this.faults.settings.listingLagMs;
    const page = paginate(listCalls(this.calls, query, visibleUntil), this.path('Calls.json'), query);
    return toPageJson('calls', page, (call) => toCallJson(call, this.config.accountSid));
  }

  @Get('Calls/:file')
  fetch(@Param('file') file: string): Record<string, unknown> {
    return toCallJson(this.find(file), this.config.accountSid);
  }

  @Post('Calls/:file')
  @HttpCode(200)
  update(@Param('file') file: string, @Body() form: Form): Record<string, unknown> {
    const call = this.find(file);
    this.switchboard.update(call, form ?? {});
    return toCallJson(call, this.config.accountSid);
  }

  /** Twilio deletes the record of an ended call. The simulator's ledger keeps it, as evidence for tests. */
  @Delete('Calls/:file')
  @HttpCode(204)
  delete(@Param('file') file: string): void {
    if (!isFinal(this.find(file).status)) throw new TwilioApiError(20001, 'A call in progress cannot be deleted.');
  }

  /** Creates the call after the client disconnects, or after the maximum wait. */
  private async createAfterTimeout(callRequest: CallRequest, socket: Socket): Promise<Record<string, unknown>> {
    const { createTimeoutLagMs, createTimeoutMaxMs } = this.faults.settings;
    const disconnected = new Promise<void>((resolve) =>
      socket.once('close', () => {
        resolve();
      }),
    );
    await Promise.race([disconnected, sleep(createTimeoutMaxMs, undefined, { ref: false })]);
    await sleep(createTimeoutLagMs);
    return toCallJson(await this.switchboard.place(callRequest), this.config.accountSid);
  }

  private find(file: string): CallRecord {
    const call = file.endsWith('.json') ? this.calls.get(file.slice(0, -'.json'.length)) : undefined;
    if (call === undefined)
      throw new TwilioApiError(20404, `The requested resource ${this.path(`Calls/${file}`)} was not found`);
    return call;
  }

  private path(suffix: string): string {
    return `/2010-04-01/Accounts/${this.config.accountSid}/${suffix}`;
  }
}
