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
 * Stands for every organisation: a STOP goes to a number they all share, and says nothing about whose message it
 * answers. No organisation can be called so, as ids of organisations come from the gateway with a prefix.
 */
export const EVERY_ORGANIZATION: OrganizationId = organizationId('every-organization');

@Injectable()
export class SuppressedNumberRepository extends TenantRepository<SuppressedNumberDocument> {
  constructor(@InjectModel('SuppressedNumber') model: Model<SuppressedNumberDocument>) {
    super(model);
  }

  /** Whether this organisation may neither call nor text the number. */
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

  /** What the customer asked this organisation for counts no more; a STOP by SMS, which was asked of everybody, does. */
  async lift(organization: OrganizationId, phone: string, at: Date, tx: Transaction): Promise<void> {
    for (const source of ['call', 'routing'] as const) {
      const _id = `${organization}.${phone}.${source}`;
      const known = await this.findById(organization, _id, tx);
      if (known && known.since > at) continue;
      const update = { $set: { liftedAt: at }, $setOnInsert: { phone, source, since: at } };
      await this.upsertOne(organization, { _id }, update, tx);
    }
  }

  /** Takes back what was asked for by SMS, and only that. */
  async allowAgain(phone: string, tx: Transaction): Promise<void> {
    await this.model
      .deleteOne(
        { _id: `${EVERY_ORGANIZATION}.${phone}.sms`, organizationId: EVERY_ORGANIZATION },
        { session: tx.session },
      )
      .exec();
  }
}
