import { BadRequestException, Body, Controller, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';

import { VoiceLibrary } from '../audio/audio.module.js';
import {
  CallBook,
  type LedgerSummary,
  toCallView,
  type CallView,
  summarizeCalls,
} from '../call-book/call-book.module.js';
import {
  isE164,
  parseObjectBody,
  parseOptionalUrl,
  assertNoProblems,
} from '../request-bodies/request-bodies.module.js';
import { Switchboard } from '../calls/calls.module.js';
import { FaultInjector } from '../faults/faults.module.js';
import { type FaultSettings, SimulatorConfig } from '../config/config.module.js';
import { Ledger } from '../ledger/ledger.module.js';
import { CustomerBook, personas } from '../personas/personas.module.js';
import { WebhookClient } from '../webhooks/webhooks.module.js';
import { parseCustomer, type CustomerRequest } from './control-requests.js';

/** The control API for demos, tests and benchmarks: sets customers, numbers and faults, and reads the call ledger. */
@Controller('simulator')
export class ControlController {
  constructor(
    private readonly config: SimulatorConfig,
    private readonly ledger: Ledger,
    private readonly calls: CallBook,
    private readonly customers: CustomerBook,
    private readonly voices: VoiceLibrary,
    private readonly faults: FaultInjector,
    private readonly switchboard: Switchboard,
    private readonly webhooks: WebhookClient,
  ) {}

  @Get('personas')
  personas(): unknown {
    return [...personas.values()].map(({ name, about, slots }) => ({ name, about, slots }));
  }

  @Get('utterances')
  utterances(): unknown {
    return this.voices.listIds().map((id) => this.voices.get(id));
  }

  /** Sets one customer, or a list of them under `customers`. Setting a customer again restarts their behavior. */
  @Post('customers')
  async setCustomers(@Body() body: unknown): Promise<{ readonly customers: readonly CustomerRequest[] }> {
    const fields = parseObjectBody(body);
    const requests = Array.isArray(fields['customers']) ? (fields['customers'] as unknown[]) : [fields];
    const isTextAllowed = this.config.gather.kind === 'word-errors';
    const customers = requests.map((request) => parseCustomer(request, this.voices.listIds(), isTextAllowed));
    for (const customer of customers) this.ledger.append({ type: 'customer.set', ...customer });
    await this.ledger.flushed();
    return { customers };
  }

  @Get('customers')
  listCustomers(): unknown {
    return this.customers
      .all()
      .map(({ phone, persona, utterances, zone }) => ({ phone, persona: persona.name, utterances, zone }));
  }

  /** Sets the webhooks of a number of DelAuto, like Twilio's console. */
  @Put('numbers')
  async setNumber(@Body() body: unknown): Promise<{ readonly phone: string }> {
    const fields = parseObjectBody(body);
    const problems: string[] = [];
    const phone = fields['phone'];
    if (typeof phone !== 'string' || !isE164(phone)) problems.push('phone must be a number in E.164');
    const urls = {
      voiceUrl: parseOptionalUrl(fields, 'voiceUrl', problems),
      voiceFallbackUrl: parseOptionalUrl(fields, 'voiceFallbackUrl', problems),
      statusCallback: parseOptionalUrl(fields, 'statusCallback', problems),
      smsUrl: parseOptionalUrl(fields, 'smsUrl', problems),
    };
    assertNoProblems(problems);
    this.ledger.append({ type: 'number.set', phone: phone as string, ...urls });
    await this.ledger.flushed();
    return { phone: phone as string };
  }

  /** Lets a customer call a number of DelAuto. */
  @Post('inbound-calls')
  async callIn(@Body() body: unknown): Promise<{ readonly callSid: string }> {
    const { from, to } = parseObjectBody(body);
    const problems: string[] = [];
    if (typeof from !== 'string' || this.customers.findCustomer(from) === undefined)
      problems.push('from must be the number of a customer that was set');
    if (typeof to !== 'string' || !isE164(to)) problems.push('to must be a number in E.164');
    assertNoProblems(problems);
    const call = await this.switchboard.placeInbound(from as string, to as string);
    if (call === undefined)
      throw new BadRequestException(`${String(to)} has no voiceUrl; set one with PUT /simulator/numbers.`);
    return { callSid: call.sid };
  }

  /**
   * Lists calls in the order of their last change.
   * @param since the `cursor` of an earlier reply, for calls changed after it; or an ISO 8601 instant, for calls
   *   created at or after it
   */
  @Get('ledger')
  ledgerSince(
    @Query('since') since?: string,
    @Query('to') to?: string,
  ): { readonly cursor: number; readonly calls: readonly CallView[] } {
    const cursor = since === undefined ? 0 : Number(since);
    const instant = Number.isNaN(cursor) ? Date.parse(since ?? '') : undefined;
    if (Number.isNaN(instant))
      throw new BadRequestException('since must be the cursor of an earlier reply, or an ISO 8601 instant.');
    const candidates = to === undefined ? [...this.calls.all()] : [...this.calls.listByNumber(to)];
    const changedCalls = candidates.filter((call) =>
      instant === undefined ? call.changedSeq > cursor : call.createdAt >= instant,
    );
    changedCalls.sort((a, b) => a.changedSeq - b.changedSeq);
    return { cursor: this.ledger.lastSeq, calls: changedCalls.map(toCallView) };
  }

  @Get('ledger/summary')
  summary(): LedgerSummary {
    return summarizeCalls(this.calls.all());
  }

  /** Response times of the application's webhooks, since the start or the last reset of the times. */
  @Get('webhooks')
  webhookTimes(): ReturnType<WebhookClient['times']['summary']> {
    return this.webhooks.times.summary();
  }

  @Delete('webhooks')
  @HttpCode(204)
  forgetWebhookTimes(): void {
    this.webhooks.times.reset();
  }

  @Get('faults')
  currentFaults(): FaultSettings {
    return this.faults.settings;
  }

  /** Replaces the fault settings. Faults that are not given are off. */
  @Put('faults')
  setFaults(@Body() body: unknown): FaultSettings {
    assertNoProblems(this.faults.replace(body));
    return this.faults.settings;
  }

  /** Ends all calls, clears the state and restores the initial faults. The ledger file keeps its entries. */
  @Post('reset')
  @HttpCode(204)
  async reset(): Promise<void> {
    await this.switchboard.hangUpAll();
    this.ledger.append({ type: 'reset' });
    this.faults.reset();
    await this.ledger.flushed();
  }
}
