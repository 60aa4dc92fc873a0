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

export interface EraseCustomerDataWork {
  readonly erasureId: string;
  readonly customerId: string;
  readonly deliveryIds: readonly string[];
}

/** An attempt that is not closed yet, or a recording on its way, is waited for. */
const LOOK_AGAIN_MS = 60_000;

/** A number that rings nowhere, and a word, for who is not known any more. */
const ERASED = { phone: '+10000000000', text: 'Erased' } as const;

/**
 * Erases what telephony holds of a customer: the recordings in our store and at the carrier first, then what was said and to
 * whom. A crash anywhere does it again from the start: what is gone already is no error.
 */
@Injectable()
export class EraseCustomerData {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly callLogs: CallLogRepository,
    private readonly recordings: RecordingRepository,
    private readonly messages: MessageRepository,
    private readonly inbound: InboundMessageRepository,
    private readonly carrier: VoiceCarrier,
    private readonly objects: ObjectStore,
    private readonly clock: Clock,
  ) {}

  async execute(item: WorkItem<EraseCustomerDataWork>): Promise<void> {
    const { organizationId } = item;
    const { erasureId, customerId, deliveryIds } = item.payload;
    const isUnderWay =
      (await this.callLogs.isAnyOpen(organizationId, deliveryIds)) ||
      (await this.recordings.isAnyReported(organizationId, deliveryIds));
    if (isUnderWay) {
      const again = new Date(this.clock.now().getTime() + LOOK_AGAIN_MS);
      await this.transactions.run((tx) => item.postpone(tx, again));
      return;
    }
    for (const recording of await this.recordings.ofDeliveries(organizationId, deliveryIds)) {
      if (recording.objectKey !== undefined) await this.objects.delete(recording.objectKey);
      if (recording.carrierRecordingId !== undefined && recording.state !== 'deleted_at_carrier')
        await this.carrier.deleteRecording(recording.carrierRecordingId);
    }
    await this.transactions.run(async (tx) => {
      await item.complete(tx);
      await this.callLogs.forget(organizationId, deliveryIds, ERASED, tx);
      await this.recordings.forget(organizationId, deliveryIds, tx);
      await this.messages.forget(organizationId, deliveryIds, ERASED, tx);
      await this.inbound.forget(organizationId, deliveryIds, tx);
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
