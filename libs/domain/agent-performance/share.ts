/** A proportion: `met` of `total` cases. Older cases may have less weight, so the counts need not be integers. */
export interface Share {
  readonly met: number;
  readonly total: number;
}

/** A confidence interval of a proportion, within 0 to 1. */
export interface ShareInterval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5% quantile of the standard normal distribution. */
const NORMAL_QUANTILE = 1.96;

/**
 * The 95% score interval of a proportion (Wilson 1927), which stays valid for few cases. Without cases it is 0 to 1.
 * @example
 * ```ts
 * wilsonInterval({ met: 0, total: 0 }); // { low: 0, high: 1 }
 * ```
 */
export function wilsonInterval({ met, total }: Share): ShareInterval {
  if (total <= 0) return { low: 0, high: 1 };
  const share = met / total;
  const squaredQuantile = NORMAL_QUANTILE ** 2;
  const center = share + squaredQuantile / (2 * total);
  const halfWidth = NORMAL_QUANTILE * Math.sqrt((share * (1 - share)) / total + squaredQuantile / (4 * total ** 2));
  const scale = 1 + squaredQuantile / total;
  return { low: Math.max(0, (center - halfWidth) / scale), high: Math.min(1, (center + halfWidth) / scale) };
}

/**
 * A proportion shrunk toward the average, as the mean of a beta posterior: (met + average × strength) / (total +
 * strength). A new agent is therefore estimated as average.
 * @param average 0 to 1, the proportion over all agents
 * @param strength the weight of `average`, as a number of cases
 */
export const shrinkShare = ({ met, total }: Share, average: number, strength: number): number =>
  (met + average * strength) / (total + strength);
