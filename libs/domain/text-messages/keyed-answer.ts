/** The places that a text consisting of a number stands for. */
const PLACES: Readonly<Record<string, 'front_door' | 'neighbour'>> = { '1': 'front_door', '2': 'neighbour' };

/**
 * The place that the customer chose by texting its number.
 * @returns `undefined` for any other text, which needs analysis
 */
export const keyedAnswer = (text: string): 'front_door' | 'neighbour' | undefined =>
  PLACES[text.trim().replace(/[.!)]+$/, '')];
