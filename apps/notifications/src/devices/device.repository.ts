import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { createId, TenantRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeviceDocument } from '#libs/persistence/schemas/notifications/devices.js';

export const DEVICE_MODEL = 'Device';

/** A browser's push subscription. `p256dh` and `auth` are its encryption keys (RFC 8291). */
export interface WebPushSubscription {
  readonly agentId: string;
  readonly address: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** Stores agents' push subscriptions and phone numbers. */
@Injectable()
export class DeviceRepository extends TenantRepository<DeviceDocument> {
  constructor(@InjectModel(DEVICE_MODEL) model: Model<DeviceDocument>) {
    super(model);
  }

  /** Lists the agent's push subscriptions. */
  listWebPush(organizationId: OrganizationId, agentId: string, tx: Transaction): Promise<DeviceDocument[]> {
    return this.find(organizationId, { agentId, kind: 'web_push' }, { tx });
  }

  /** Lists the agent's devices, newest first. */
  listByAgent(organizationId: OrganizationId, agentId: string, limit: number): Promise<DeviceDocument[]> {
    return this.find(organizationId, { agentId }, { sort: { _id: -1 }, limit });
  }

  findPhone(organizationId: OrganizationId, agentId: string, tx: Transaction): Promise<DeviceDocument | null> {
    return this.findOne(organizationId, { agentId, kind: 'phone' }, tx);
  }

  /** Registers a subscription. An existing subscription with this address is reassigned to this agent. */
  putWebPush(
    organizationId: OrganizationId,
    { agentId, address, p256dh, auth }: WebPushSubscription,
    now: Date,
    tx: Transaction,
  ): Promise<DeviceDocument> {
    const update = {
      $set: { agentId, p256dh, auth },
      $inc: { sequence: 1 },
      $setOnInsert: { _id: createId('dev'), createdAt: now },
    };
    return this.upsertOne(organizationId, { kind: 'web_push', address }, update, tx);
  }

  /** @param sequence the sequence of the event that reported the phone number */
  async putPhone(
    organizationId: OrganizationId,
    { agentId, phone, sequence }: { agentId: string; phone: string; sequence: number },
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    const update = {
      $set: { address: phone, numberSequence: sequence },
      $setOnInsert: { _id: createId('dev'), sequence: 0, createdAt: now },
    };
    await this.upsertOne(organizationId, { agentId, kind: 'phone' }, update, tx);
  }

  async remove(organizationId: OrganizationId, deviceId: string, tx: Transaction): Promise<void> {
    await this.deleteMany(organizationId, { _id: deviceId }, tx);
  }

  async removeAll(organizationId: OrganizationId, agentId: string, tx: Transaction): Promise<void> {
    await this.deleteMany(organizationId, { agentId }, tx);
  }
}
