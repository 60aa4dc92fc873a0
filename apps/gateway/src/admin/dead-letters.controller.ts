import { Controller, Param, Req } from '@nestjs/common';
import { decodeCursor, pageOf } from '#libs/persistence/index.js';
import { DeadLetters } from '#libs/messaging/index.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';
import { actorOf, ContractQuery, type IdentifiedRequest, Operation } from '../requests/requests.module.js';
import { Problem } from '../problems/problems.module.js';
import { toDeadLetterDetails, toDeadLetterSummary } from './dead-letter.mapper.js';
import { DeadLetterDetails, DeadLetterPage, DeadLettersQuery, DeadLetterSummary } from './dead-letters.dto.js';
import { RedriveDeadLetter } from './redrive-dead-letter.js';

const DEFAULT_PAGE = 50;
const CURSOR = /^[1-9]\d{0,14}$/;

/** The events that apps gave up, for the operator of the installation. */
@Controller('v1/admin/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly redriveDeadLetter: RedriveDeadLetter,
    private readonly sealer: DataSealer,
  ) {}

  @Operation('GET', '', {
    id: 'listDeadLetters',
    summary: 'Events that were given up and not redriven, the latest first, a page at a time.',
    access: 'operations:read',
    query: DeadLettersQuery,
    reply: DeadLetterPage,
  })
  async list(@ContractQuery(DeadLettersQuery) query: DeadLettersQuery): Promise<DeadLetterPage> {
    const { limit = DEFAULT_PAGE, consumer } = query;
    const before = decodeCursor(query.cursor, CURSOR);
    const found = await this.deadLetters.latest({
      limit: limit + 1,
      ...(consumer === undefined ? {} : { consumer }),
      ...(before === undefined ? {} : { before }),
    });
    return pageOf(found, limit, ({ id }) => id, toDeadLetterSummary);
  }

  @Operation('GET', ':deadLetterId', {
    id: 'getDeadLetter',
    summary: 'One of them with its body; secrets and access codes are covered.',
    access: 'operations:read',
    reply: DeadLetterDetails,
  })
  async get(@Param('deadLetterId') deadLetterId: string): Promise<DeadLetterDetails> {
    return toDeadLetterDetails(await this.deadLetters.read(deadLetterId), this.sealer);
  }

  @Operation('POST', ':deadLetterId/redrive', {
    id: 'redriveDeadLetter',
    summary: 'Gives the event once more to the app that failed on it, and to no other.',
    description:
      'It leaves the list at once. If it fails again, a new one refers to it. Handled meanwhile, it has no second effect.',
    access: 'operations:write',
    reply: DeadLetterSummary,
    status: 202,
  })
  async redrive(
    @Param('deadLetterId') deadLetterId: string,
    @Req() { identity }: IdentifiedRequest,
  ): Promise<DeadLetterSummary> {
    if (!identity) throw Problem.unauthorized();
    return toDeadLetterSummary(await this.redriveDeadLetter.execute(deadLetterId, actorOf(identity)));
  }
}
