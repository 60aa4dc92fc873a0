import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import type { DeviceDocument } from '#libs/persistence/schemas/notifications/devices.js';
import type { InboxMessageDocument } from '#libs/persistence/schemas/notifications/inbox-messages.js';
import { DeviceRepository } from '../devices/devices.module.js';
import { InboxMessageRepository } from '../messages/messages.module.js';
import { isEscalationStopped } from './escalation.js';
import { NotificationRepository } from './notification.repository.js';

/** A push whose intents are stored and that is about to be sent. */
export interface StartedPush {
  readonly message: InboxMessageDocument;
  readonly devices: readonly DeviceDocument[];
  /** Number of sends so far, including this one. */
  readonly tries: number;
}

/** Stores one intent per device before anything is sent, unless the escalation has stopped. */
@Injectable()
export class BeginPush {
  constructor(
    private readonly messages: InboxMessageRepository,
    private readonly devices: DeviceRepository,
    private readonly notifications: NotificationRepository,
    private readonly clock: Clock,
  ) {}

  /** @returns `null` if the escalation has stopped or no device remains to be sent to */
  async execute(organizationId: OrganizationId, messageId: string, tx: Transaction): Promise<StartedPush | null> {
    const message = await this.messages.findById(organizationId, messageId, tx);
    if (!message || isEscalationStopped(message)) return null;
    const { agentId, deliveryId } = message;
    const now = this.clock.now();
    const devices: DeviceDocument[] = [];
    let tries = 0;
    for (const device of await this.devices.listWebPush(organizationId, agentId, tx)) {
      const intent = { messageId, agentId, deliveryId, channel: 'push' as const, deviceId: device._id };
      const notification = await this.notifications.begin(organizationId, intent, 'sending', now, tx);
      if (!notification) continue;
      devices.push(device);
      tries = Math.max(tries, notification.tries);
    }
    return devices.length === 0 ? null : { message, devices, tries };
  }
}
