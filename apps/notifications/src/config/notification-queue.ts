/** The app's queue. Each feature that has work in it names its own kinds. */
export const NOTIFICATION_QUEUE = 'notification_queue';

/** Mostly waiting for other people's servers, so many at once cost little. */
export const WORK_CONCURRENCY = 16;
