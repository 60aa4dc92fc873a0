/** The safe places by the number that the customer texts for them. */
const PLACES: Readonly<Record<string, 'front_door' | 'neighbour'>> = { '1': 'front_door', '2': 'neighbour' };

/**
 * Finds the safe place that the customer chose by texting its number.
 * @returns `undefined` for any other text, which needs analysis
 */
export const parseKeyedAnswer = (text: string): 'front_door' | 'neighbour' | undefined =>
  PLACES[text.trim().replace(/[.!)]+$/, '')];
