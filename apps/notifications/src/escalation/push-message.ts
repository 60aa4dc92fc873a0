import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner } from '#libs/persistence/index.js';
import type { DeviceDocument } from '#libs/persistence/schemas/notifications/devices.js';
import type { InboxMessageDocument } from '#libs/persistence/schemas/notifications/inbox-messages.js';
import { ProviderError } from '#libs/ports/errors.js';
import { PushSubscriptionGoneError, PushSender } from '#libs/ports/push.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { BeginPush } from './begin-push.js';
import { RecordPush, type PushResult } from './record-push.js';
import type { PushWork } from './work-kinds.js';

/** Time that the push service keeps an undelivered push (RFC 8030, 5.2). The SMS is due earlier. */
const TTL_SECONDS = 3600;
const TOPIC_CHARACTERS = 32;

/**
 * The first step of the escalation: pushes a message to each of the agent's devices that has not received it. If the
 * process is killed between sending and recording, the message is sent again. The repeat has the same topic, so the
 * push service replaces the first, and the same `messageId`, so the agent's app shows it once.
 */
@Injectable()
export class PushMessage {
  private readonly logger = new Logger(PushMessage.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly beginPush: BeginPush,
    private readonly recordPush: RecordPush,
    private readonly pushSender: PushSender,
  ) {}

  async execute(item: WorkItem<PushWork>): Promise<void> {
    const { organizationId, payload } = item;
    const startedPush = await this.transactions.run(async (tx) => {
      const push = await this.beginPush.execute(organizationId, payload.messageId, tx);
      if (!push) await item.complete(tx);
      return push;
    });
    if (!startedPush) return;
    const results = await Promise.all(startedPush.devices.map((device) => this.send(startedPush.message, device)));
    await this.transactions.run(async (tx) => {
      const retryAt = await this.recordPush.execute(organizationId, startedPush, results, new Date(payload.smsAt), tx);
      await (retryAt ? item.postpone(tx, retryAt) : item.complete(tx));
    });
  }

  private async send(message: InboxMessageDocument, device: DeviceDocument): Promise<PushResult> {
    const { address: endpoint, p256dh = '', auth = '' } = device;
    const options = { ttlSeconds: TTL_SECONDS, urgency: 'high', topic: toTopic(message._id) } as const;
    try {
      await this.pushSender.send({ endpoint, keys: { p256dh, auth } }, toPushPayload(message), options);
      return { deviceId: device._id, kind: 'sent' };
    } catch (error) {
      if (error instanceof PushSubscriptionGoneError) return { deviceId: device._id, kind: 'gone' };
      if (!(error instanceof ProviderError)) throw error;
      const { code, retryAfterMs, effect } = error;
      this.logger.warn({ messageId: message._id, deviceId: device._id, code, effect }, 'Push failed');
      // A push that may have arrived is retried too: its topic and message id make the repeat harmless.
      return {
        deviceId: device._id,
        kind: 'failed',
        code,
        isTransient: error.transient,
        retryAfterMs: retryAfterMs ?? 0,
      };
    }
  }
}

/** The topic is the same for each send of a message, so that a push service keeps only the last one (RFC 8030, 5.4). */
function toTopic(messageId: string): string {
  return createHash('sha256').update(messageId).digest('base64url').slice(0, TOPIC_CHARACTERS);
}

/** Builds the payload that the device shows. The app reads access codes and the transcript from the inbox instead. */
function toPushPayload({ _id, deliveryId, sequence, reference, summary }: InboxMessageDocument): string {
  return JSON.stringify({ messageId: _id, deliveryId, sequence, title: `Delivery ${reference}`, body: summary });
}
