import { Injectable } from '@nestjs/common';
import { TelephonyCustomerErased, type CustomerErasedPayload, type EventEnvelope } from '#libs/contracts/index.js';
import { TransactionRunner, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { ObjectStore } from '#libs/ports/object-store.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import { WorkHandler, WorkQueue, type WorkItem } from '#libs/work-queue/index.js';
import { RECORDING_QUEUE } from '../queues.js';
import { CustomerDataRepository } from './customer-data.repository.js';

export interface EraseCustomerDataWork {
  readonly erasureId: string;
  readonly customerId: string;
  readonly deliveryIds: readonly string[];
}

/** An attempt that is not closed yet, or a recording on its way, is waited for. */
const LOOK_AGAIN_MS = 60_000;

/**
 * Erases what telephony holds of a customer: the recordings in our store and at the carrier first, then what was said and to
 * whom. A crash anywhere does it again from the start: what is gone already is no error.
 */
@Injectable()
export class EraseCustomerData {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly data: CustomerDataRepository,
    private readonly carrier: VoiceCarrier,
    private readonly objects: ObjectStore,
    private readonly queue: WorkQueue,
    private readonly clock: Clock,
  ) {}

  /** From the commit of `tx` on it will be done. */
  async request(
    organizationId: OrganizationId,
    { payload }: EventEnvelope<CustomerErasedPayload>,
    tx: Transaction,
  ): Promise<void> {
    const { erasureId, customerId, deliveryIds } = payload;
    await this.queue.schedule(tx, {
      queue: RECORDING_QUEUE,
      kind: 'erase-customer-data',
      key: `erase-customer-data.${erasureId}`,
      dueAt: this.clock.now(),
      organizationId,
      payload: { erasureId, customerId, deliveryIds } satisfies EraseCustomerDataWork,
    });
  }

  @WorkHandler(RECORDING_QUEUE, 'erase-customer-data')
  async execute(item: WorkItem<EraseCustomerDataWork>): Promise<void> {
    const { organizationId } = item;
    const { erasureId, customerId, deliveryIds } = item.payload;
    if (await this.data.isUnderWay(organizationId, deliveryIds)) {
      const again = new Date(this.clock.now().getTime() + LOOK_AGAIN_MS);
      await this.transactions.run((tx) => item.postpone(tx, again));
      return;
    }
    for (const recording of await this.data.recordingsOf(organizationId, deliveryIds)) {
      if (recording.objectKey !== undefined) await this.objects.delete(recording.objectKey);
      if (recording.carrierRecordingId !== undefined && recording.state !== 'deleted_at_carrier')
        await this.carrier.deleteRecording(recording.carrierRecordingId);
    }
    await this.transactions.run(async (tx) => {
      await item.complete(tx);
      await this.data.forget(organizationId, deliveryIds, tx);
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
