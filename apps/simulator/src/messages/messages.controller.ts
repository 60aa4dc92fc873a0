import { BadRequestException, Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';

import {
  type Form,
  isE164,
  parseObjectBody,
  getFormValue,
  assertNoProblems,
} from '../request-bodies/request-bodies.module.js';
import { CustomerBook } from '../personas/personas.module.js';
import { SimulatorConfig } from '../config/config.module.js';
import {
  parseDateFilter,
  type ListQuery,
  toPageJson,
  paginate,
  RateLimitGuard,
  getQueryValue,
  TwilioApiError,
  TwilioAuthGuard,
} from '../twilio/twilio.module.js';
import { MessageBook, type MessageRecord } from './message-book.js';
import { toMessageJson } from './message-resource.js';
import { TextNetwork } from './text-network.js';

/** Twilio's Messages resource. */
@Controller('2010-04-01/Accounts/:accountSid')
@UseGuards(TwilioAuthGuard, RateLimitGuard)
export class MessagesController {
  constructor(
    private readonly config: SimulatorConfig,
    private readonly messages: MessageBook,
    private readonly network: TextNetwork,
    private readonly customers: CustomerBook,
  ) {}

  @Post('Messages.json')
  async create(@Body() body: Form): Promise<Record<string, unknown>> {
    const form = body ?? {};
    const to = getFormValue(form, 'To');
    const from = getFormValue(form, 'From');
    const text = getFormValue(form, 'Body');
    if (to === undefined || to === '') throw new TwilioApiError(21604);
    if (from === undefined || from === '') throw new TwilioApiError(21603);
    if (text === undefined || text === '') throw new TwilioApiError(21602);
    if (!isE164(to)) throw new TwilioApiError(21211, `The 'To' number ${to} is not a valid phone number.`);
    if (!isE164(from)) throw new TwilioApiError(21212, `The 'From' number ${from} is not a valid phone number.`);
    if (this.customers.findCustomer(to)?.persona.refusedWith === 21211) throw new TwilioApiError(21211);
    if (this.messages.hasStopped(to, from)) throw new TwilioApiError(21610);
    const statusCallback = getFormValue(form, 'StatusCallback') ?? null;
    if (statusCallback !== null && !URL.canParse(statusCallback))
      throw new TwilioApiError(21205, 'StatusCallback is not a valid URL.');
    const message = await this.network.send({ to, from, body: text, statusCallback });
    return toMessageJson(message, this.config.accountSid);
  }

  @Get('Messages.json')
  list(@Query() query: ListQuery): Record<string, unknown> {
    const path = `/2010-04-01/Accounts/${this.config.accountSid}/Messages.json`;
    const page = paginate(findMatching(this.messages.all(), query), path, query);
    return toPageJson('messages', page, (message) => toMessageJson(message, this.config.accountSid));
  }

  @Get('Messages/:file')
  fetch(@Param('file') file: string): Record<string, unknown> {
    const message = this.messages.get(file.replace(/\.json$/, ''));
    if (message === undefined) throw new TwilioApiError(20404);
    return toMessageJson(message, this.config.accountSid);
  }
}

/** The control API for text messages: lists messages, and lets customers write. */
@Controller('simulator')
export class InboxController {
  constructor(
    private readonly messages: MessageBook,
    private readonly network: TextNetwork,
  ) {}

  /** Lists messages, oldest first, filtered by recipient and sender if given. */
  @Get('messages')
  list(@Query('to') to?: string, @Query('from') from?: string): readonly MessageRecord[] {
    return this.messages
      .all()
      .filter((message) => (to === undefined || message.to === to) && (from === undefined || message.from === from));
  }

  /** Lets a customer write to a number of DelAuto. */
  @Post('messages')
  async write(@Body() body: unknown): Promise<{ readonly messageSid: string }> {
    const { from, to, body: text } = parseObjectBody(body);
    const problems: string[] = [];
    if (typeof from !== 'string' || !isE164(from)) problems.push('from must be a number in E.164');
    if (typeof to !== 'string' || !isE164(to)) problems.push('to must be a number in E.164');
    if (typeof text !== 'string') problems.push('body must be the text of the message');
    assertNoProblems(problems);
    const message = await this.network.receive(from as string, to as string, text as string);
    if (message === undefined)
      throw new BadRequestException(`${String(to)} has no smsUrl; set one with PUT /simulator/numbers.`);
    return { messageSid: message.sid };
  }
}

function findMatching(messages: readonly MessageRecord[], query: ListQuery): MessageRecord[] {
  const to = getQueryValue(query, 'To');
  const from = getQueryValue(query, 'From');
  const ranges = (['=', '<', '>'] as const).flatMap((comparison) => {
    const value = getQueryValue(query, comparison === '=' ? 'DateSent' : `DateSent${comparison}`);
    if (value === undefined) return [];
    const range = parseDateFilter(value, comparison);
    if (range === undefined) throw new TwilioApiError(20001, 'DateSent must be a date such as 2026-11-23T13:00:00Z.');
    return [range];
  });
  return messages
    .filter((message) => {
      // A queued message has no sending date. Its creation time is used instead.
      const at = message.sentAt ?? message.createdAt;
      return (
        (to === undefined || message.to === to) &&
        (from === undefined || message.from === from) &&
        ranges.every(({ fromMs, toMs }) => at >= fromMs && at < toMs)
      );
    })
    .reverse();
}
