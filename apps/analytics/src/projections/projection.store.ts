import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection, Model, Schema } from 'mongoose';
import type { Transaction } from '#libs/persistence/index.js';
import { agentProjectionSchema } from '#libs/persistence/schemas/analytics/agent-projections.js';
import { assignmentProjectionSchema } from '#libs/persistence/schemas/analytics/assignment-projections.js';
import { callProjectionSchema } from '#libs/persistence/schemas/analytics/call-projections.js';
import { customerProjectionSchema } from '#libs/persistence/schemas/analytics/customer-projections.js';
import { deliveryProjectionSchema } from '#libs/persistence/schemas/analytics/delivery-projections.js';
import { messageProjectionSchema } from '#libs/persistence/schemas/analytics/message-projections.js';
import type { ProjectionDocument } from '#libs/persistence/schemas/analytics/projection-shape.js';
import { wordsProjectionSchema } from '#libs/persistence/schemas/analytics/words-projections.js';
import { webhookProjectionSchema } from '#libs/persistence/schemas/analytics/webhook-projections.js';
import { PROJECTIONS, type ProjectionChange, type ProjectionName } from './change.js';

const SCHEMAS: Readonly<Record<ProjectionName, Schema>> = {
  deliveries: deliveryProjectionSchema,
  assignments: assignmentProjectionSchema,
  calls: callProjectionSchema,
  customers: customerProjectionSchema,
  agents: agentProjectionSchema,
  messages: messageProjectionSchema,
  webhooks: webhookProjectionSchema,
  words: wordsProjectionSchema,
};

/** Mongoose models of the projections, each named as its projection. */
export const PROJECTION_MODELS = PROJECTIONS.map((name) => ({ name, schema: SCHEMAS[name] }));

const withPrefix = <V>(prefix: string, fields: Readonly<Record<string, V>>): Record<string, V> =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [`${prefix}.${field}`, value]));

/** Writes projections. The database performs the same join as `join`: `$min` of instants, `$max` of versions. */
@Injectable()
export class ProjectionStore {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  async apply(change: ProjectionChange, tx: Transaction): Promise<void> {
    const { projection, organizationId, key, earliest, newest } = change;
    const update = {
      $setOnInsert: toMissingParts(change),
      ...(Object.keys(earliest).length === 0 ? {} : { $min: withPrefix('earliest', earliest) }),
      // `$max` compares embedded documents field by field in this order: instant, then event id.
      ...(Object.keys(newest).length === 0
        ? {}
        : {
            $max: withPrefix(
              'newest',
              mapValues(newest, ({ at, eventId, value }) => ({ at, eventId, value })),
            ),
          }),
    };
    const options = { upsert: true, session: tx.session };
    await this.model(projection).updateOne({ _id: key, organizationId }, update, options);
  }

  /** Deletes every projection of every organization, before a rebuild from the events. */
  async clear(): Promise<void> {
    for (const name of PROJECTIONS) await this.model(name).deleteMany({});
  }

  private model(name: ProjectionName): Model<ProjectionDocument> {
    return this.connection.model<ProjectionDocument>(name);
  }
}

function mapValues<V, W>(fields: Readonly<Record<string, V>>, map: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, map(value)]));
}

/**
 * Returns empty values for the parts of a new document that the change does not write, because readers expect both
 * parts.
 */
function toMissingParts({ earliest, newest }: ProjectionChange): Record<string, object> {
  return {
    ...(Object.keys(earliest).length === 0 ? { earliest: {} } : {}),
    ...(Object.keys(newest).length === 0 ? { newest: {} } : {}),
  };
}
