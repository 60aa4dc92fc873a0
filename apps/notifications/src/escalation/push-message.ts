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

/** After this a push is no use any more: the agent has had an SMS long since. */
const TTL_SECONDS = 3600;
const TOPIC_CHARACTERS = 32;

/**
 * The escalation's first step: a push to each of the agent's devices that has not had one. A process killed between sending
 * and recording sends again with the same topic, which replaces the first on the way, and the same `messageId`, by which
 * the application shows it once.
 */
@Injectable()
export class PushMessage {
  private readonly logger = new Logger(PushMessage.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly begin: BeginPush,
    private readonly record: RecordPush,
    private readonly pushSender: PushSender,
  ) {}

  async execute(item: WorkItem<PushWork>): Promise<void> {
    const { organizationId, payload } = item;
    const begun = await this.transactions.run(async (tx) => {
      const push = await this.begin.execute(organizationId, payload.messageId, tx);
      if (!push) await item.complete(tx);
      return push;
    });
    if (!begun) return;
    const results = await Promise.all(begun.devices.map((device) => this.send(begun.message, device)));
    await this.transactions.run(async (tx) => {
      const again = await this.record.execute(organizationId, begun, results, new Date(payload.smsAt), tx);
      await (again ? item.postpone(tx, again) : item.complete(tx));
    });
  }

  private async send(message: InboxMessageDocument, device: DeviceDocument): Promise<PushResult> {
    const { address: endpoint, p256dh = '', auth = '' } = device;
    const options = { ttlSeconds: TTL_SECONDS, urgency: 'high', topic: topicOf(message._id) } as const;
    try {
      await this.pushSender.send({ endpoint, keys: { p256dh, auth } }, pushPayload(message), options);
      return { deviceId: device._id, kind: 'sent' };
    } catch (error) {
      if (error instanceof PushSubscriptionGoneError) return { deviceId: device._id, kind: 'gone' };
      if (!(error instanceof ProviderError)) throw error;
      const { code, retryAfterMs, effect } = error;
      this.logger.warn({ messageId: message._id, deviceId: device._id, code, effect }, 'A push failed');
      // One that perhaps arrived may be repeated too: its topic and message id make the repeat harmless.
      return { deviceId: device._id, kind: 'failed', code, passing: error.transient, retryAfterMs: retryAfterMs ?? 0 };
    }
  }
}

/** The same for each send of a message, so that a push service keeps the last one only. */
function topicOf(messageId: string): string {
  return createHash('sha256').update(messageId).digest('base64url').slice(0, TOPIC_CHARACTERS);
}

/** What the device shows; the rest, with access codes and the customer's words, it fetches from the inbox. */
function pushPayload({ _id, deliveryId, sequence, reference, summary }: InboxMessageDocument): string {
  return JSON.stringify({ messageId: _id, deliveryId, sequence, title: `Delivery ${reference}`, body: summary });
}
