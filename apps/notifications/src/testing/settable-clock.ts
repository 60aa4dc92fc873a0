import { Clock } from '#libs/clock/clock.js';

/** A clock that stands still until it is advanced. */
export class SettableClock extends Clock {
  private currentTime = new Date();

  override now(): Date {
    return this.currentTime;
  }

  advance(seconds: number): void {
    this.currentTime = new Date(this.currentTime.getTime() + seconds * 1000);
  }
}
