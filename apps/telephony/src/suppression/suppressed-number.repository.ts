import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import {
  parseOrganizationId,
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
export const EVERY_ORGANIZATION: OrganizationId = parseOrganizationId('every-organization');

/** Stores the numbers that may not be called or texted, by organization and source of the opt-out. */
@Injectable()
export class SuppressedNumberRepository extends TenantRepository<SuppressedNumberDocument> {
  constructor(@InjectModel('SuppressedNumber') model: Model<SuppressedNumberDocument>) {
    super(model);
  }

  /** Whether the number may not be called or texted by this organization. */
  async isSuppressed(organization: OrganizationId, phone: string, tx?: Transaction): Promise<boolean> {
    const organizations = trusted({ $in: [organization, EVERY_ORGANIZATION] });
    const suppression = await this.model
      .exists({ phone, organizationId: organizations, liftedAt: trusted({ $exists: false }) })
      .session(tx?.session ?? null)
      .exec();
    return suppression !== null;
  }

  /**
   * Suppresses the number. Does nothing if the source already suppresses it, or if that suppression was lifted at or
   * after `since`: events may arrive in any order.
   */
  async suppress(
    organization: OrganizationId,
    phone: string,
    source: SuppressionSource,
    since: Date,
    tx: Transaction,
  ): Promise<void> {
    const _id = `${organization}.${phone}.${source}`;
    const suppression = await this.findById(organization, _id, tx);
    if (suppression && (suppression.liftedAt === undefined || suppression.liftedAt >= since)) return;
    const update = { $set: { phone, source, since }, $unset: { liftedAt: 1 as const } };
    await this.upsertOne(organization, { _id }, update, tx);
  }

  /**
   * Lifts suppressions that a call or routing recorded for this organization, unless they began after `at`. A STOP by
   * SMS applies to all organizations and stays.
   */
  async lift(organization: OrganizationId, phone: string, at: Date, tx: Transaction): Promise<void> {
    for (const source of ['call', 'routing'] as const) {
      const _id = `${organization}.${phone}.${source}`;
      const suppression = await this.findById(organization, _id, tx);
      if (suppression && suppression.since > at) continue;
      const update = { $set: { liftedAt: at }, $setOnInsert: { phone, source, since: at } };
      await this.upsertOne(organization, { _id }, update, tx);
    }
  }

  /** Lifts only the suppression by a STOP that was sent by SMS. */
  async liftSms(phone: string, tx: Transaction): Promise<void> {
    await this.model
      .deleteOne(
        { _id: `${EVERY_ORGANIZATION}.${phone}.sms`, organizationId: EVERY_ORGANIZATION },
        { session: tx.session },
      )
      .exec();
  }
}
