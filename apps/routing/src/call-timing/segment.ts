import type { CustomerInput } from '#libs/contracts/index.js';

/** Edge of a grid cell in degrees, about 28 km from south to north: a town and its surroundings. */
const CELL_DEGREES = 0.25;

/**
 * Returns the segment of a customer: language and grid cell. The contact model uses it for customers without earlier
 * calls. The model learns how similar the customers of a segment are, and falls back to all customers if the segment
 * does not help to predict.
 */
export function toSegment({ language, position }: Pick<CustomerInput, 'language' | 'position'>): string {
  const [lng, lat] = position.map((degrees) => Math.round(degrees / CELL_DEGREES));
  return `${language ?? 'any'} ${lng},${lat}`;
}
