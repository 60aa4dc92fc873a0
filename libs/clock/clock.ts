import { Injectable } from '@nestjs/common';

/** Where use cases take the time from, so that tests can set it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
