/** How often something was so, of how often it could have been. Counts may be decayed, and so no whole numbers. */
export interface Share {
  readonly met: number;
  readonly total: number;
}

export interface ShareInterval {
  readonly low: number;
  readonly high: number;
}

/** Of the normal distribution, 97.5 %. */
const QUANTILE = 1.96;

/**
 * Between what the true share lies with 95 % (Wilson 1927): honest for few cases, too, where the share alone says nothing.
 * Of none it is between 0 and 1.
 */
export function wilsonInterval({ met, total }: Share): ShareInterval {
  if (total <= 0) return { low: 0, high: 1 };
  const share = met / total;
  const square = QUANTILE ** 2;
  const centre = share + square / (2 * total);
  const half = QUANTILE * Math.sqrt((share * (1 - share)) / total + square / (4 * total ** 2));
  const scale = 1 + square / total;
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}

/**
 * The share to reckon with: as if so many cases of what is usual had been seen before (the mean of a beta posterior). Somebody
 * new is taken for usual, not for bad.
 * @param usual 0–1, the share among everybody
 * @param strength how many cases that is worth
 */
export const reckonedShare = ({ met, total }: Share, usual: number, strength: number): number =>
  (met + usual * strength) / (total + strength);
