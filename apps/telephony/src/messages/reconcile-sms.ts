import { Injectable } from '@nestjs/common';
import { TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import type { MessageDocument } from '#libs/persistence/schemas/telephony/messages.js';
import { Clock } from '#libs/clock/clock.js';
import { ProviderError } from '#libs/ports/errors.js';
import { type SmsRecord, SmsSender } from '#libs/ports/sms.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import type { MessageWork } from './message-work-schedule.js';
import { TelephonySettings } from '../config/config.module.js';
import { MessageWorkSchedule } from './message-work-schedule.js';
import { judgeUnknownMessage, applyStatusReport, undoSending } from './message.js';
import { MessageRepository } from './message.repository.js';

/** Tolerance for the carrier's clock, which may differ from telephony's and has a resolution of one second. */
const CLOCK_TOLERANCE_MS = 5_000;

/** Reconciles a message whose request got no response. Sends it again only if it certainly was not sent. */
@Injectable()
export class ReconcileSms {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly messages: MessageRepository,
    private readonly work: MessageWorkSchedule,
    private readonly sender: SmsSender,
    private readonly settings: TelephonySettings,
    private readonly clock: Clock,
  ) {}

  async execute(item: WorkItem<MessageWork>): Promise<void> {
    const { organizationId: organization } = item;
    const loadedMessage = await this.messages.load(organization, item.payload.notificationId);
    if (!isUnresolved(loadedMessage)) return;
    const since = new Date(loadedMessage.sentAt.getTime() - CLOCK_TOLERANCE_MS);
    const listing = await this.listMessagesSince(loadedMessage.to, since);
    const knownIds = await this.messages.findOtherCarrierMessageIds(loadedMessage.to, since, loadedMessage._id);
    await this.transactions.run(async (tx) => {
      const message = await this.messages.load(organization, loadedMessage._id, tx);
      if (!isUnresolved(message) || message.sentAt.getTime() !== loadedMessage.sentAt.getTime())
        return item.complete(tx);
      const isSettled = this.clock.now().getTime() - message.sentAt.getTime() >= this.settings.settleMs;
      const verdict = listing ? judgeUnknownMessage(message, listing, knownIds, isSettled) : { kind: 'wait' as const };
      if (verdict.kind === 'wait') {
        return item.postpone(tx, new Date(this.clock.now().getTime() + this.settings.settleMs));
      }
      await this.apply(tx, message, verdict.kind === 'sent' ? verdict.record : undefined);
      return item.complete(tx);
    });
  }

  private async apply(tx: Transaction, message: MessageDocument, record: SmsRecord | undefined): Promise<void> {
    const now = this.clock.now();
    if (record) {
      const { messageId: carrierMessageId, status, segments } = record;
      await this.messages.apply(tx, applyStatusReport(message, { carrierMessageId, status, segments }, now));
      return;
    }
    const resetMessage = await this.messages.apply(tx, { message: undoSending(message), changed: true, events: [] });
    await this.work.send(tx, resetMessage, now);
  }

  /** @returns undefined if the carrier is unavailable */
  private async listMessagesSince(to: string, since: Date): Promise<readonly SmsRecord[] | undefined> {
    try {
      return await this.sender.list({ to, since });
    } catch (error) {
      if (error instanceof ProviderError) return undefined;
      throw error;
    }
  }
}

const isUnresolved = (message: MessageDocument): message is MessageDocument & { sentAt: Date } =>
  (message.state === 'sending' || message.state === 'unknown') &&
  message.carrierMessageId === undefined &&
  message.sentAt !== undefined;
