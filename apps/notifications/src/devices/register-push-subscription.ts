import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import {
  CodedError,
  DeviceRegistered,
  type PushSubscription,
  type PushSubscriptionInput,
} from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { AddressPolicy } from '../addresses/addresses.module.js';
import { DeviceRepository } from './device.repository.js';

/** Registers an agent's device for push. */
@Injectable()
export class RegisterPushSubscription {
  constructor(
    private readonly devices: DeviceRepository,
    private readonly policy: AddressPolicy,
    private readonly clock: Clock,
  ) {}

  /** @throws CodedError `address_not_allowed` if the endpoint is not on the public internet */
  async execute(
    organizationId: OrganizationId,
    { agentId, endpoint, p256dh, auth }: PushSubscriptionInput,
    tx: Transaction,
  ): Promise<PushSubscription> {
    const problem = this.policy.findUrlProblem(endpoint);
    if (problem !== undefined) {
      throw new CodedError('address_not_allowed', `This URL cannot be a push endpoint: ${problem}.`);
    }
    const subscription = { agentId, address: endpoint, p256dh, auth };
    const now = this.clock.now();
    const device = await this.devices.putWebPush(organizationId, subscription, now, tx);
    const { _id: deviceId, sequence } = device;
    tx.emit({
      contract: DeviceRegistered,
      organizationId,
      aggregateId: deviceId,
      sequence,
      payload: { deviceId, agentId },
      occurredAt: now,
    });
    return { deviceId, agentId, endpoint, p256dh, auth };
  }
}
