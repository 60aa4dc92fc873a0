import { Schema } from 'mongoose';
import type { TenantDocument } from '../../tenant-repository.js';

/** A value with what orders its versions. The order of the fields matters: `$max` compares documents field by field. */
export interface VersionedValue<V extends string | number | boolean = string | number | boolean> {
  at: Date;
  eventId: string;
  value: V;
}

/**
 * The shape of every projection of analytics: instants that only become earlier, values that only become newer. So facts
 * may be written in any order, any number of times, by `$min` and `$max` alone.
 */
export interface ProjectionDocument<
  Earliest extends string = string,
  Newest extends object = Record<string, string | number | boolean>,
> extends TenantDocument {
  earliest: Partial<Record<Earliest, Date>>;
  newest: { [Field in keyof Newest]?: VersionedValue<Newest[Field] & (string | number | boolean)> };
}

/** @param collection its name in the database */
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
