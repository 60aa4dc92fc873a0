import { projectionSchema, type ProjectionDocument } from './projection-shape.js';

/** The topics of an analyzed recording or text message, without what the customer said. `_id` is the id of either. */
export type WordsProjectionDocument = ProjectionDocument<
  'understoodAt',
  { deliveryId: string; topics: string; hindrances: string; mood: 'positive' | 'negative' | 'neither' }
>;

export const wordsProjectionSchema = projectionSchema('wordsProjections');
wordsProjectionSchema.index({ organizationId: 1, 'earliest.understoodAt': 1 });
