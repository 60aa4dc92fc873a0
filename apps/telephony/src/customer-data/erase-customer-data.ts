import { Injectable } from '@nestjs/common';
import { TelephonyCustomerErased } from '#libs/contracts/index.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { ObjectStore } from '#libs/ports/object-store.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { CallLogRepository } from '../call-log/call-log.module.js';
import { InboundMessageRepository } from '../inbound-messages/inbound-messages.module.js';
import { MessageRepository } from '../messages/messages.module.js';
import { RecordingRepository } from '../recordings/recordings.module.js';

/** Payload of the work item that erases a customer. */
export interface EraseCustomerDataWork {
  readonly erasureId: string;
  readonly customerId: string;
  readonly deliveryIds: readonly string[];
}

/** Delay while an attempt is open or a recording is still to be fetched. */
const RECHECK_DELAY_MS = 60_000;

/** Replacements for the data of an erased customer. The phone number is not assigned to any subscriber. */
const ERASED = { phone: '+10000000000', text: 'Erased' } as const;

/**
 * Erases the data that telephony holds about a customer: first the recordings in the object store and at the carrier,
 * then phone numbers, conversations and texts. After a crash it starts over, and deleting a deleted object is not an
 * error.
 */
@Injectable()
export class EraseCustomerData {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly recordings: RecordingRepository,
    private readonly messages: MessageRepository,
    private readonly inboundMessages: InboundMessageRepository,
    private readonly carrier: VoiceCarrier,
    private readonly objects: ObjectStore,
    private readonly clock: Clock,
  ) {}

  async execute(item: WorkItem<EraseCustomerDataWork>): Promise<void> {
    const { organizationId } = item;
    const { erasureId, customerId, deliveryIds } = item.payload;
    const isCallOrTransferOpen =
      (await this.callLogs.isAnyOpen(organizationId, deliveryIds)) ||
      (await this.recordings.isAnyReported(organizationId, deliveryIds));
    if (isCallOrTransferOpen) {
      const recheckAt = new Date(this.clock.now().getTime() + RECHECK_DELAY_MS);
      await this.transactions.run((tx) => item.postpone(tx, recheckAt));
      return;
    }
    for (const recording of await this.recordings.findByDeliveries(organizationId, deliveryIds)) {
      if (recording.objectKey !== undefined) await this.objects.delete(recording.objectKey);
      if (recording.carrierRecordingId !== undefined && recording.state !== 'deleted_at_carrier')
        await this.carrier.deleteRecording(recording.carrierRecordingId);
    }
    await this.transactions.run(async (tx) => {
      await item.complete(tx);
      await this.callLogs.erase(organizationId, deliveryIds, ERASED, tx);
      await this.recordings.erase(organizationId, deliveryIds, tx);
      await this.messages.erase(organizationId, deliveryIds, ERASED, tx);
      await this.inboundMessages.erase(organizationId, deliveryIds, tx);
      tx.emit({
        contract: TelephonyCustomerErased,
        organizationId,
        aggregateId: erasureId,
        sequence: 1,
        payload: { erasureId, customerId },
        occurredAt: this.clock.now(),
      });
    });
  }
}
