import { Clock } from '#libs/clock/clock.js';

/** A clock that stands still until it is advanced. */
export class SettableClock extends Clock {
  private at = new Date();

  override now(): Date {
    return this.at;
  }

  advance(seconds: number): void {
    this.at = new Date(this.at.getTime() + seconds * 1000);
  }
}
