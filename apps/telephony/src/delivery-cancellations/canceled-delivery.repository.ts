import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { TenantRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { CanceledDeliveryDocument } from '#libs/persistence/schemas/telephony/canceled-deliveries.js';

/** Stores the sequences of each delivery's latest call request and cancellation, which may arrive in any order. */
@Injectable()
export class CanceledDeliveryRepository extends TenantRepository<CanceledDeliveryDocument> {
  constructor(@InjectModel('CalledOffDelivery') model: Model<CanceledDeliveryDocument>) {
    super(model);
  }

  /**
   * Records a call request.
   * @param sequence sequence number of the delivery's event that requests the call
   * @returns whether an event of the delivery with a higher sequence number canceled it
   */
  async recordRequest(
    organization: OrganizationId,
    deliveryId: string,
    sequence: number,
    now: Date,
    tx: Transaction,
  ): Promise<boolean> {
    const update = { $max: { requested: sequence }, $set: { updatedAt: now } };
    const { calledOff } = await this.upsertOne(organization, { _id: deliveryId }, update, tx);
    return calledOff !== undefined && calledOff > sequence;
  }

  /** Whether the delivery was canceled and no call was requested since. */
  async isCanceled(organization: OrganizationId, deliveryId: string, tx: Transaction): Promise<boolean> {
    const { calledOff = 0, requested = 0 } = (await this.findById(organization, deliveryId, tx)) ?? {};
    return calledOff > requested;
  }

  /** @param sequence sequence number of the delivery's event that cancels it */
  async markCanceled(
    organization: OrganizationId,
    deliveryId: string,
    sequence: number,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const update = { $max: { calledOff: sequence }, $set: { updatedAt: now } };
    await this.upsertOne(organization, { _id: deliveryId }, update, tx);
  }
}
