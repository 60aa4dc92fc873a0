import { Controller, Param, Req } from '@nestjs/common';
import { decodeCursor, toPage } from '#libs/persistence/index.js';
import { DeadLetters } from '#libs/messaging/index.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';
import { toActor, ContractQuery, type IdentifiedRequest, Operation } from '../requests/requests.module.js';
import { Problem } from '../problems/problems.module.js';
import { toDeadLetterDetails, toDeadLetterSummary } from './dead-letter.mapper.js';
import { DeadLetterDetails, DeadLetterPage, DeadLettersQuery, DeadLetterSummary } from './dead-letters.dto.js';
import { RedriveDeadLetter } from './redrive-dead-letter.js';

const DEFAULT_PAGE_SIZE = 50;
/** The dead letter's sequence number in its stream. */
const CURSOR_PATTERN = /^[1-9]\d{0,14}$/;

/** Events that apps could not handle, for the operator of the installation. */
@Controller('v1/admin/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly redriveDeadLetter: RedriveDeadLetter,
    private readonly sealer: DataSealer,
  ) {}

  @Operation('GET', '', {
    id: 'listDeadLetters',
    summary: 'Lists events that could not be handled and were not redriven, newest first.',
    access: 'operations:read',
    query: DeadLettersQuery,
    reply: DeadLetterPage,
  })
  async list(@ContractQuery(DeadLettersQuery) query: DeadLettersQuery): Promise<DeadLetterPage> {
    const { limit = DEFAULT_PAGE_SIZE, consumer } = query;
    const before = decodeCursor(query.cursor, CURSOR_PATTERN);
    const letters = await this.deadLetters.listLatest({
      limit: limit + 1,
      ...(consumer === undefined ? {} : { consumer }),
      ...(before === undefined ? {} : { before }),
    });
    return toPage(letters, limit, ({ id }) => id, toDeadLetterSummary);
  }

  @Operation('GET', ':deadLetterId', {
    id: 'getDeadLetter',
    summary: 'Returns one dead letter with its body. Secrets and access codes are masked.',
    access: 'operations:read',
    reply: DeadLetterDetails,
  })
  async get(@Param('deadLetterId') deadLetterId: string): Promise<DeadLetterDetails> {
    return toDeadLetterDetails(await this.deadLetters.read(deadLetterId), this.sealer);
  }

  @Operation('POST', ':deadLetterId/redrive', {
    id: 'redriveDeadLetter',
    summary: 'Redelivers the event to the app that could not handle it, and to no other app.',
    description:
      'The dead letter leaves the list at once. If the app cannot handle the event again, a new dead letter refers to this ' +
      'one. If the app has handled the event in the meantime, it ignores the redelivery.',
    access: 'operations:write',
    reply: DeadLetterSummary,
    status: 202,
  })
  async redrive(
    @Param('deadLetterId') deadLetterId: string,
    @Req() { identity }: IdentifiedRequest,
  ): Promise<DeadLetterSummary> {
    if (!identity) throw Problem.unauthorized();
    return toDeadLetterSummary(await this.redriveDeadLetter.execute(deadLetterId, toActor(identity)));
  }
}
