import { Injectable } from '@nestjs/common';

/** The source of the current time for use cases, so that tests can set it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
