import { Injectable } from '@nestjs/common';
import { parseOrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { MessageDocument } from '#libs/persistence/schemas/telephony/messages.js';
import { WorkQueue } from '#libs/work-queue/index.js';
import { CALL_QUEUE } from '../config/config.module.js';

/** Payload of work items about one text message. */
export interface MessageWork {
  readonly notificationId: string;
}

/** Schedules the due work of text messages, in the transaction that saves the state change that requires it. */
@Injectable()
export class MessageWorkSchedule {
  constructor(private readonly queue: WorkQueue) {}

  async send(tx: Transaction, message: MessageDocument, dueAt: Date): Promise<void> {
    await this.schedule(tx, message, 'send-sms', dueAt);
  }

  async reconcile(tx: Transaction, message: MessageDocument, dueAt: Date): Promise<void> {
    await this.schedule(tx, message, 'reconcile-sms', dueAt);
  }

  private async schedule(
    tx: Transaction,
    { _id: notificationId, organizationId: owner }: MessageDocument,
    kind: string,
    dueAt: Date,
  ): Promise<void> {
    await this.queue.schedule(tx, {
      queue: CALL_QUEUE,
      kind,
      key: `${kind}.${notificationId}.${dueAt.getTime()}`,
      dueAt,
      payload: { notificationId } satisfies MessageWork,
      organizationId: parseOrganizationId(owner),
    });
  }
}
