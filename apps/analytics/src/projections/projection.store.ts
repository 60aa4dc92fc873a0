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

/** What Mongoose needs to know of the projections; the model of each has the projection's name. */
export const PROJECTION_MODELS = PROJECTIONS.map((name) => ({ name, schema: SCHEMAS[name] }));

const prefixed = <V>(prefix: string, fields: Readonly<Record<string, V>>): Record<string, V> =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [`${prefix}.${field}`, value]));

/** Writes projections. The same join as `join`, done by the database: `$min` of instants, `$max` of versions. */
@Injectable()
export class ProjectionStore {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  async apply(change: ProjectionChange, tx: Transaction): Promise<void> {
    const { projection, organizationId, key, earliest, newest } = change;
    const update = {
      $setOnInsert: emptyParts(change),
      ...(Object.keys(earliest).length === 0 ? {} : { $min: prefixed('earliest', earliest) }),
      // `$max` compares the fields of a version in this order: instant, then event.
      ...(Object.keys(newest).length === 0
        ? {}
        : {
            $max: prefixed(
              'newest',
              mapValues(newest, ({ at, eventId, value }) => ({ at, eventId, value })),
            ),
          }),
    };
    const options = { upsert: true, session: tx.session };
    await this.model(projection).updateOne({ _id: key, organizationId }, update, options);
  }

  /** Forgets every projection of every organisation, to be filled anew from the events. */
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

/** A part that the change itself does not write must still be there, as readers expect both. */
function emptyParts({ earliest, newest }: ProjectionChange): Record<string, object> {
  return {
    ...(Object.keys(earliest).length === 0 ? { earliest: {} } : {}),
    ...(Object.keys(newest).length === 0 ? { newest: {} } : {}),
  };
}
