import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import type { OrganizationProfile } from '#libs/contracts/index.js';
import { DEFAULT_EARLY_HANG_UP_CHOICE } from '#libs/domain/call-timing/index.js';
import { TenantRepository, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { OrganizationProfileDocument } from '#libs/persistence/schemas/routing/organization-profiles.js';

@Injectable()
export class OrganizationProfileRepository extends TenantRepository<OrganizationProfileDocument> {
  constructor(@InjectModel('OrganizationProfile') model: Model<OrganizationProfileDocument>) {
    super(model);
  }

  /**
   * Keeps the copy, unless what it was made from is older than what is kept: events may come in any order.
   * @param sequence of the event; 0 for an answer to a question, which never replaces an event
   */
  async put(
    id: OrganizationId,
    profile: OrganizationProfile,
    sequence: number,
    tx?: Transaction,
  ): Promise<OrganizationProfileDocument> {
    const known = await this.findById(id, id, tx);
    // A copy of an older version has no sequence.
    if (known && (known.sequence ?? 0) >= sequence) return known;
    const { name, zone, maxAttemptsPerDelivery, callsFromMinute, callsUntilMinute, daysOff } = profile;
    const { afterEarlyHangUp = DEFAULT_EARLY_HANG_UP_CHOICE } = profile;
    const { dispatcherPhone, recordingRetentionDays, features } = profile;
    const calling = { maxAttemptsPerDelivery, callsFromMinute, callsUntilMinute, daysOff, afterEarlyHangUp };
    const facts = {
      name,
      zone,
      ...calling,
      recordingRetentionDays,
      recordCalls: features.recordCalls,
      pauseForCodes: features.pauseForCodes ?? false,
      smsFallback: features.smsFallback,
      sequence,
    };
    const update =
      dispatcherPhone === undefined
        ? { $set: facts, $unset: { dispatcherPhone: 1 as const } }
        : { $set: { ...facts, dispatcherPhone } };
    return this.upsertOne(id, { _id: id }, update, tx);
  }
}
