import {
  Body,
  Controller,
  Get,
  Headers,
  HttpException,
  NotFoundException,
  Param,
  Post,
  Req,
  Res,
  type RawBodyRequest,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

import { parseObjectBody, assertNoProblems } from '../request-bodies/request-bodies.module.js';
import { Ledger } from '../ledger/ledger.module.js';
import { SimulatorConfig } from '../config/config.module.js';
import { PartnerStore, type Partner } from './partner-store.js';

/** A partner's system that receives DelAuto's webhooks, signed as Standard Webhooks specifies. */
@Controller('partner')
export class PartnerController {
  constructor(
    private readonly config: SimulatorConfig,
    private readonly store: PartnerStore,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Registers the endpoint's secret (`whsec_…` or base64) and its failures: the first `failFirst` requests get
   * `failStatus`, or all get 410 if `gone`. Registering again replaces these settings and keeps the events.
   */
  @Post(':id')
  async register(
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ readonly id: string; readonly url: string }> {
    const { secret, failFirst = 0, failStatus = 500, gone = false } = parseObjectBody(body);
    const problems: string[] = [];
    if (typeof secret !== 'string' || secret === '') problems.push('secret must be the signing secret of the endpoint');
    if (!Number.isInteger(failFirst) || (failFirst as number) < 0)
      problems.push('failFirst must be a whole number of 0 or more');
    if (!Number.isInteger(failStatus) || (failStatus as number) < 300 || (failStatus as number) > 599)
      problems.push('failStatus must be an HTTP status from 300 to 599');
    if (typeof gone !== 'boolean') problems.push('gone must be true or false');
    assertNoProblems(problems);
    this.ledger.append({
      type: 'partner.registered',
      partnerId: id,
      secret: secret as string,
      failFirst: failFirst as number,
      failStatus: failStatus as number,
      gone: gone as boolean,
    });
    await this.ledger.flushed();
    return { id, url: `${this.config.publicUrl}/partner/${id}/hook` };
  }

  @Post(':id/hook')
  async receive(
    @Param('id') id: string,
    @Headers() headers: Readonly<Record<string, string>>,
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly received: boolean }> {
    const partner = this.find(id);
    const body = request.rawBody?.toString('utf8') ?? '';
    const isVerified = hasValidSignature(partner.secret, body, headers);
    const status = !isVerified ? 401 : partner.gone ? 410 : partner.remainingFailures > 0 ? partner.failStatus : 204;
    this.ledger.append({
      type: 'partner.received',
      partnerId: id,
      webhookId: headers['webhook-id'] ?? '',
      status,
      verified: isVerified,
      payload: isVerified ? (JSON.parse(body) as unknown) : null,
    });
    await this.ledger.flushed();
    if (status >= 300)
      throw new HttpException(
        isVerified ? 'The simulated partner refuses this request.' : 'The signature is not valid.',
        status,
      );
    void reply.status(status);
    return { received: true };
  }

  /** Lists received events by `webhook-id`. An event that was accepted more than once is a duplicate. */
  @Get(':id/events')
  events(@Param('id') id: string): unknown {
    const { events, unverified } = this.find(id);
    const receivedEvents = [...events.values()];
    return {
      events: receivedEvents,
      duplicates: receivedEvents.filter(({ accepted }) => accepted > 1).map(({ webhookId }) => webhookId),
      unverified,
    };
  }

  private find(id: string): Partner {
    const partner = this.store.get(id);
    if (partner === undefined)
      throw new NotFoundException(`There is no partner ${id}; register it with POST /partner/${id}.`);
    return partner;
  }
}

function hasValidSignature(secret: string, body: string, headers: Readonly<Record<string, string>>): boolean {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: true });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError || error instanceof SyntaxError) return false;
    throw error;
  }
}
