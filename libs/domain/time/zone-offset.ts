import { IANAZone } from 'luxon';

/** No zone changes its offset twice within this span, so asking at its ends tells of every change. */
const STEP_MS = 6 * 3_600_000;
/** Steps remembered for a zone: more than a year. */
const MOST_STEPS = 2_000;

/** From `start` to the end of its step one offset is in force, or until `change` the first and then the other. */
interface Step {
  readonly offset: number;
  /** Milliseconds since the epoch; `Infinity` where nothing changes. */
  readonly change: number;
  readonly offsetAfter: number;
}

/** A span of time with one offset. Instants are milliseconds since the epoch, `end` is exclusive. */
export interface OffsetPiece {
  readonly start: number;
  readonly end: number;
  /** Minutes east of UTC. */
  readonly offset: number;
}

/**
 * A zone's offsets, remembered by steps of a fixed grid: the runtime takes some 10 µs to tell one, and planning a single
 * call asks for hundreds, nearly always of the days ahead.
 */
class ZoneOffsets {
  private readonly steps = new Map<number, Step>();

  constructor(private readonly zone: IANAZone) {}

  at(epochMs: number): number {
    const { offset, change, offsetAfter } = this.step(Math.floor(epochMs / STEP_MS));
    return epochMs < change ? offset : offsetAfter;
  }

  pieces(start: number, end: number): OffsetPiece[] {
    const pieces: OffsetPiece[] = [];
    let from = start;
    let offset = this.at(start);
    for (let index = Math.floor(start / STEP_MS); index * STEP_MS < end; index += 1) {
      const { change, offsetAfter } = this.step(index);
      if (change <= from || change >= end) continue;
      pieces.push({ start: from, end: change, offset });
      from = change;
      offset = offsetAfter;
    }
    if (from < end) pieces.push({ start: from, end, offset });
    return pieces;
  }

  private step(index: number): Step {
    const known = this.steps.get(index);
    if (known) return known;
    if (this.steps.size >= MOST_STEPS) this.steps.clear();
    const [start, end] = [index * STEP_MS, (index + 1) * STEP_MS];
    const [offset, offsetAfter] = [this.zone.offset(start), this.zone.offset(end)];
    const change = offset === offsetAfter ? Infinity : this.changeWithin(start, end, offset);
    const step = { offset, change, offsetAfter };
    this.steps.set(index, step);
    return step;
  }

  /** Bisects to the millisecond; `low` has `offset`, `high` has another. */
  private changeWithin(low: number, high: number, offset: number): number {
    let before = low;
    let after = high;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (this.zone.offset(middle) === offset) before = middle;
      else after = middle;
    }
    return after;
  }
}

/** Valid ones only, so there are no more than zones. */
const known = new Map<string, ZoneOffsets>();

function offsetsOf(zone: string): ZoneOffsets | null {
  let offsets = known.get(zone);
  if (!offsets) {
    if (!IANAZone.isValidZone(zone)) return null;
    offsets = new ZoneOffsets(IANAZone.create(zone));
    known.set(zone, offsets);
  }
  return offsets;
}

function demandOffsets(zone: string): ZoneOffsets {
  const offsets = offsetsOf(zone);
  if (!offsets) throw new RangeError(`"${zone}" is no IANA time zone; give one such as "Europe/Berlin"`);
  return offsets;
}

/** Whether this runtime knows the name as an IANA time zone. */
export const isZone = (zone: string): boolean => offsetsOf(zone) !== null;

/** Minutes east of UTC in `zone` at an instant. @throws RangeError when there is no such zone */
export const offsetAt = (zone: string, epochMs: number): number => demandOffsets(zone).at(epochMs);

/** `[start, end)` cut where the offset of `zone` changes. @throws RangeError when there is no such zone */
export const offsetPieces = (zone: string, start: number, end: number): OffsetPiece[] =>
  demandOffsets(zone).pieces(start, end);
