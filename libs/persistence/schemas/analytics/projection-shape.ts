import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/**
 * A value with its version, `at` and `eventId`. The order of the fields matters: `$max` compares them in this order.
 */
export interface VersionedValue<V extends string | number | boolean = string | number | boolean> {
  at: Date;
  eventId: string;
  value: V;
}

/**
 * The shape of every analytics projection: instants that change only to earlier ones, and values that change only to
 * newer ones. Events can therefore be written with `$min` and `$max` in any order and any number of times.
 */
export interface ProjectionDocument<
  Earliest extends string = string,
  Newest extends object = Record<string, string | number | boolean>,
> extends TenantDocument {
  earliest: Partial<Record<Earliest, Date>>;
  newest: { [Field in keyof Newest]?: VersionedValue<Newest[Field] & (string | number | boolean)> };
}

/**
 * Creates the schema of a projection.
 * @param collection the name of the collection
 */
export function projectionSchema(collection: string): Schema {
  return new Schema(
    {
      _id: { type: String, required: true },
      organizationId: { type: String, required: true },
      earliest: { type: Schema.Types.Mixed, required: true },
      newest: { type: Schema.Types.Mixed, required: true },
    },
    { collection, versionKey: false, minimize: false },
  );
}
