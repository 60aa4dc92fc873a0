import { Injectable, Logger } from '@nestjs/common';
import { clipText } from '#libs/contracts/fields/index.js';
import { MessageReceived, type Instructions } from '#libs/contracts/index.js';
import { keyedAnswer, READERS_LANGUAGES, replyText, type ReplyKind } from '#libs/domain/text-messages/index.js';
import type { Language } from '#libs/domain/voice-flow/index.js';
import { TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import type { InboundMessageDocument } from '#libs/persistence/schemas/telephony/inbound-messages.js';
import { Clock } from '#libs/clock/clock.js';
import type { InboundMessage } from '#libs/ports/voice-carrier.js';
import { FindOpenQuestion, type OpenQuestion } from '../open-questions/open-questions.module.js';
import { EVERY_ORGANIZATION, SuppressedNumberRepository } from '../suppression/suppression.module.js';
import { InboundMessageRepository } from './inbound-message.repository.js';
import { keywordOf } from './keyword.js';

/** Machines answer machines without end: a number gets no more answers than this in an hour. */
const MOST_REPLIES_AN_HOUR = 6;
const HOUR_MS = 3_600_000;
const MOST_CHARACTERS = 5_000;

/** What a message comes to: what is answered, and what the mesh is told. */
interface Outcome {
  readonly reply?: ReplyKind;
  readonly languages?: readonly Language[];
  readonly question?: OpenQuestion;
}

/**
 * Somebody wrote to us. STOP and START are honoured at once; what a customer answers goes to the delivery they were last
 * asked about, as what they say in a call does. A message that comes again is answered as before, and nothing more.
 */
@Injectable()
export class ReceiveMessage {
  private readonly logger = new Logger(ReceiveMessage.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly inbound: InboundMessageRepository,
    private readonly numbers: SuppressedNumberRepository,
    private readonly findOpenQuestion: FindOpenQuestion,
    private readonly clock: Clock,
  ) {}

  /** @returns what to answer, if anything */
  execute(message: InboundMessage): Promise<string | undefined> {
    return this.transactions.run((tx) => this.take(message, tx), { turn: message.from });
  }

  private async take(message: InboundMessage, tx: Transaction): Promise<string | undefined> {
    const known = await this.inbound.find(message.messageId, tx);
    if (known) return known.reply;
    const now = this.clock.now();
    const isSuppressed = await this.numbers.isSuppressed(EVERY_ORGANIZATION, message.from, tx);
    const keyword = message.keyword ?? keywordOf(message.body, { isSuppressed });
    const outcome = keyword
      ? await this.honour(message, keyword, now, tx)
      : await this.answer(message, isSuppressed, now, tx);
    const reply = outcome.reply && (await this.mayReply(message.from, now, tx));
    const text = reply ? replyText(outcome.reply, outcome.languages ?? READERS_LANGUAGES) : undefined;
    await this.inbound.keep(keptMessage(message, keyword, outcome, text, now), tx);
    return text;
  }

  /** What the carrier handled by itself it has answered, too. */
  private async honour(
    { from, keyword: handled }: InboundMessage,
    keyword: NonNullable<InboundMessage['keyword']>,
    now: Date,
    tx: Transaction,
  ): Promise<Outcome> {
    if (keyword === 'stop') await this.numbers.suppress(EVERY_ORGANIZATION, from, 'sms', now, tx);
    if (keyword === 'start') await this.numbers.allowAgain(from, tx);
    if (handled) return {};
    return { reply: ({ stop: 'stopped', start: 'started', help: 'help' } as const)[keyword] };
  }

  private async answer(message: InboundMessage, isSuppressed: boolean, now: Date, tx: Transaction): Promise<Outcome> {
    const question = await this.findOpenQuestion.execute(message.from, now, tx);
    if (!question) return isSuppressed ? {} : { reply: 'nothing_to_settle' };
    this.tell(message, question, now, tx);
    return { question, ...(isSuppressed ? {} : { reply: 'noted' as const, languages: [question.request.language] }) };
  }

  private tell({ messageId, body }: InboundMessage, question: OpenQuestion, now: Date, tx: Transaction): void {
    const { deliveryId, customerId, language, zone, window } = question.request;
    const place = keyedAnswer(body);
    const instructions: Instructions | undefined = place && {
      safePlace: { value: place, source: 'keys', confidence: 1 },
      complexity: 1,
    };
    tx.emit({
      contract: MessageReceived,
      organizationId: question.organizationId,
      aggregateId: messageId,
      sequence: 1,
      occurredAt: now,
      payload: {
        ...{ messageId, deliveryId, customerId, language, zone, window },
        text: clipText(body, MOST_CHARACTERS),
        receivedAt: now.toISOString(),
        ...(instructions ? { instructions } : {}),
      },
    });
    tx.afterCommit(() => this.logger.log({ messageId, deliveryId }, 'A customer wrote about a delivery.'));
  }

  private async mayReply(from: string, now: Date, tx: Transaction): Promise<boolean> {
    return (await this.inbound.countReplied(from, new Date(now.getTime() - HOUR_MS), tx)) < MOST_REPLIES_AN_HOUR;
  }
}

function keptMessage(
  { messageId: _id, from, to, body }: InboundMessage,
  keyword: InboundMessage['keyword'],
  { question }: Outcome,
  reply: string | undefined,
  receivedAt: Date,
): InboundMessageDocument {
  const about = question && { organizationId: question.organizationId, deliveryId: question.request.deliveryId };
  return {
    ...{ _id, from, to, body, receivedAt },
    ...(keyword ? { keyword } : {}),
    ...about,
    ...(reply === undefined ? {} : { reply }),
  };
}
