/** Where a text that is only a number says to leave it. */
const PLACES: Readonly<Record<string, 'front_door' | 'neighbour'>> = { '1': 'front_door', '2': 'neighbour' };

/** @returns the place that was chosen by its number; `undefined` for words, which are to be understood */
export const keyedAnswer = (text: string): 'front_door' | 'neighbour' | undefined =>
  PLACES[text.trim().replace(/[.!)]+$/, '')];
