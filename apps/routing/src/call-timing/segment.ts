import type { CustomerInput } from '#libs/contracts/index.js';

/** Degrees: some 25 km, a town and what belongs to it. */
const CELL_DEGREES = 0.25;

/**
 * Which customers are alike before anything is known of one: those of the same neighbourhood and language. How alike they
 * are is learned; where this says nothing, the model believes everybody instead.
 */
export function segmentOf({ language, position }: Pick<CustomerInput, 'language' | 'position'>): string {
  const [lng, lat] = position.map((degrees) => Math.round(degrees / CELL_DEGREES));
  return `${language ?? 'any'} ${lng},${lat}`;
}
