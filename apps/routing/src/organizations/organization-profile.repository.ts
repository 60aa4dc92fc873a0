import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import type { OrganizationProfile } from '#libs/contracts/index.js';
import { DEFAULT_EARLY_HANG_UP_CHOICE } from '#libs/domain/call-timing/index.js';
import { TenantRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';

/** Stores copies of the organization profiles that the gateway owns. */
@Injectable()
export class OrganizationProfileRepository extends TenantRepository<OrganizationProfileDocument> {
  constructor(@InjectModel('OrganizationProfile') model: Model<OrganizationProfileDocument>) {
    super(model);
  }

  /**
   * Stores a copy of the profile, unless the stored one is newer, as events may arrive in any order.
   * @param sequence the event's sequence; 0 for a reply to a query, which never replaces a copy from an event
   */
  async put(
    id: OrganizationId,
    profile: OrganizationProfile,
    sequence: number,
    tx?: Transaction,
  ): Promise<OrganizationProfileDocument> {
    const stored = await this.findById(id, id, tx);
    // Copies stored by an earlier version of DelAuto have no sequence.
    if (stored && (stored.sequence ?? 0) >= sequence) return stored;
    const { name, zone, maxAttemptsPerDelivery, callsFromMinute, callsUntilMinute, daysOff } = profile;
    const { afterEarlyHangUp = DEFAULT_EARLY_HANG_UP_CHOICE } = profile;
    const { dispatcherPhone, recordingRetentionDays, features } = profile;
    const callingPolicy = { maxAttemptsPerDelivery, callsFromMinute, callsUntilMinute, daysOff, afterEarlyHangUp };
    const fields = {
      name,
      zone,
      ...callingPolicy,
      recordingRetentionDays,
      recordCalls: features.recordCalls,
      pauseForCodes: features.pauseForCodes ?? false,
      smsFallback: features.smsFallback,
      sequence,
    };
    const update =
      dispatcherPhone === undefined
        ? { $set: fields, $unset: { dispatcherPhone: 1 as const } }
        : { $set: { ...fields, dispatcherPhone } };
    return this.upsertOne(id, { _id: id }, update, tx);
  }
}
