import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import {
  organizationId,
  TenantRepository,
  trusted,
  type OrganizationId,
  type Transaction,
} from '#libs/persistence/index.js';
import type {
  SuppressedNumberDocument,
  SuppressionSource,
} from '#libs/persistence/schemas/telephony/suppressed-numbers.js';

/**
 * Stands for every organization: all organizations share the number that a STOP is sent to, and a STOP does not say
 * whose message it answers. No organization can have this id, because the gateway generates organization ids with a
 * prefix.
 */
export const EVERY_ORGANIZATION: OrganizationId = organizationId('every-organization');

@Injectable()
export class SuppressedNumberRepository extends TenantRepository<SuppressedNumberDocument> {
  constructor(@InjectModel('SuppressedNumber') model: Model<SuppressedNumberDocument>) {
    super(model);
  }

  /** Whether the number may not be called or texted by this organization. */
  async isSuppressed(organization: OrganizationId, phone: string, tx?: Transaction): Promise<boolean> {
    const either = trusted({ $in: [organization, EVERY_ORGANIZATION] });
    const found = await this.model
      .exists({ phone, organizationId: either, liftedAt: trusted({ $exists: false }) })
      .session(tx?.session ?? null)
      .exec();
    return found !== null;
  }

  async suppress(
    organization: OrganizationId,
    phone: string,
    source: SuppressionSource,
    since: Date,
    tx: Transaction,
  ): Promise<void> {
    const _id = `${organization}.${phone}.${source}`;
    const known = await this.findById(organization, _id, tx);
    if (known && (known.liftedAt === undefined || known.liftedAt >= since)) return;
    const update = { $set: { phone, source, since }, $unset: { liftedAt: 1 as const } };
    await this.upsertOne(organization, { _id }, update, tx);
  }

  /**
   * Lifts the suppression by calls and by routing for this organization. A STOP by SMS, which applies to all
   * organizations, stays.
   */
  async lift(organization: OrganizationId, phone: string, at: Date, tx: Transaction): Promise<void> {
    for (const source of ['call', 'routing'] as const) {
      const _id = `${organization}.${phone}.${source}`;
      const known = await this.findById(organization, _id, tx);
      if (known && known.since > at) continue;
      const update = { $set: { liftedAt: at }, $setOnInsert: { phone, source, since: at } };
      await this.upsertOne(organization, { _id }, update, tx);
    }
  }

  /** Lifts the suppression by SMS, and only that. */
  async liftSms(phone: string, tx: Transaction): Promise<void> {
    await this.model
      .deleteOne(
        { _id: `${EVERY_ORGANIZATION}.${phone}.sms`, organizationId: EVERY_ORGANIZATION },
        { session: tx.session },
      )
      .exec();
  }
}
