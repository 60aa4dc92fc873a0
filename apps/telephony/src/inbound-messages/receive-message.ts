import { Injectable, Logger } from '@nestjs/common';
import { clipText } from '#libs/contracts/fields/index.js';
import { MessageReceived, type Instructions } from '#libs/contracts/index.js';
import {
  parseKeyedAnswer,
  TEXT_LANGUAGES,
  composeReply,
  isAskBackReason,
  type ReplyKind,
} from '#libs/domain/text-messages/index.js';
import type { Language } from '#libs/domain/voice-flow/index.js';
import { TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import type { InboundMessageDocument } from '#libs/persistence/schemas/telephony/inbound-messages.js';
import { Clock } from '#libs/clock/clock.js';
import type { InboundMessage } from '#libs/ports/voice-carrier.js';
import { FindOpenQuestion, type OpenQuestion } from '../open-questions/open-questions.module.js';
import { EVERY_ORGANIZATION, SuppressedNumberRepository } from '../suppression/suppression.module.js';
import { InboundMessageRepository } from './inbound-message.repository.js';
import { parseKeyword } from './keyword.js';

/**
 * Maximum number of replies to one number per hour, because two automated systems could otherwise reply to each other
 * endlessly.
 */
const MAX_REPLIES_PER_HOUR = 6;
const HOUR_MS = 3_600_000;
/** Maximum length of the text in the contract, in characters. */
const MAX_TEXT_LENGTH = 5_000;

/** The kind of reply to a message, and the question that the message answers. */
interface MessageResult {
  readonly reply?: ReplyKind;
  readonly languages?: readonly Language[];
  readonly question?: OpenQuestion;
}

/**
 * Receives a text message. The keywords STOP and START take effect at once; HELP only gets a reply. Any other text is
 * published as the answer to the latest open question, which a call or text about a delivery asked. A repeated message
 * gets the same reply and is not handled again.
 */
@Injectable()
export class ReceiveMessage {
  private readonly logger = new Logger(ReceiveMessage.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly inboundMessages: InboundMessageRepository,
    private readonly suppressedNumbers: SuppressedNumberRepository,
    private readonly findOpenQuestion: FindOpenQuestion,
    private readonly clock: Clock,
  ) {}

  /** @returns the text of the reply, if any */
  execute(message: InboundMessage): Promise<string | undefined> {
    return this.transactions.run((tx) => this.handle(message, tx), { queueKey: message.from });
  }

  private async handle(message: InboundMessage, tx: Transaction): Promise<string | undefined> {
    const storedMessage = await this.inboundMessages.find(message.messageId, tx);
    if (storedMessage) return storedMessage.reply;
    const now = this.clock.now();
    const isSuppressed = await this.suppressedNumbers.isSuppressed(EVERY_ORGANIZATION, message.from, tx);
    const keyword = message.keyword ?? parseKeyword(message.body, { isSuppressed });
    const result = keyword
      ? await this.applyKeyword(message, keyword, now, tx)
      : await this.matchQuestion(message, isSuppressed, now, tx);
    const canReply = result.reply && (await this.mayReply(message.from, now, tx));
    const text = canReply ? composeReply(result.reply, result.languages ?? TEXT_LANGUAGES) : undefined;
    await this.inboundMessages.keep(toInboundMessage(message, keyword, result, text, now), tx);
    return text;
  }

  /** Sends no reply to a keyword that the carrier handled, because the carrier has replied. */
  private async applyKeyword(
    { from, keyword: carrierKeyword }: InboundMessage,
    keyword: NonNullable<InboundMessage['keyword']>,
    now: Date,
    tx: Transaction,
  ): Promise<MessageResult> {
    if (keyword === 'stop') await this.suppressedNumbers.suppress(EVERY_ORGANIZATION, from, 'sms', now, tx);
    if (keyword === 'start') await this.suppressedNumbers.liftSms(from, tx);
    if (carrierKeyword) return {};
    return { reply: ({ stop: 'stopped', start: 'started', help: 'help' } as const)[keyword] };
  }

  private async matchQuestion(
    message: InboundMessage,
    isSuppressed: boolean,
    now: Date,
    tx: Transaction,
  ): Promise<MessageResult> {
    const question = await this.findOpenQuestion.execute(message.from, now, tx);
    if (!question) return isSuppressed ? {} : { reply: 'no_open_question' };
    this.publishAnswer(message, question, now, tx);
    return { question, ...(isSuppressed ? {} : { reply: 'noted' as const, languages: [question.request.language] }) };
  }

  private publishAnswer({ messageId, body }: InboundMessage, question: OpenQuestion, now: Date, tx: Transaction): void {
    const { deliveryId, customerId, language, zone, window } = question.request;
    const { latestText } = question;
    // An ask-back offers no digits, so a digit that answers it names no place.
    const isAskedBack = latestText?.reason !== undefined && isAskBackReason(latestText.reason);
    const place = isAskedBack ? undefined : parseKeyedAnswer(body);
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
        messageId,
        deliveryId,
        customerId,
        language,
        zone,
        window,
        text: clipText(body, MAX_TEXT_LENGTH),
        receivedAt: now.toISOString(),
        ...(latestText ? { inReplyTo: latestText.id } : {}),
        ...(instructions ? { instructions } : {}),
      },
    });
    tx.afterCommit(() => this.logger.log({ messageId, deliveryId }, 'Customer text received.'));
  }

  private async mayReply(from: string, now: Date, tx: Transaction): Promise<boolean> {
    return (
      (await this.inboundMessages.countReplied(from, new Date(now.getTime() - HOUR_MS), tx)) < MAX_REPLIES_PER_HOUR
    );
  }
}

function toInboundMessage(
  { messageId: _id, from, to, body }: InboundMessage,
  keyword: InboundMessage['keyword'],
  { question }: MessageResult,
  reply: string | undefined,
  receivedAt: Date,
): InboundMessageDocument {
  const matchedDelivery = question && {
    organizationId: question.organizationId,
    deliveryId: question.request.deliveryId,
  };
  return {
    _id,
    from,
    to,
    body,
    receivedAt,
    ...(keyword ? { keyword } : {}),
    ...matchedDelivery,
    ...(reply === undefined ? {} : { reply }),
  };
}
