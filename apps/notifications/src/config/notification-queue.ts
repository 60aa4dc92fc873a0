/** The app's only queue. Each feature defines its own kinds of work in it. */
export const NOTIFICATION_QUEUE = 'notification_queue';

/** Maximum number of concurrent work items. High, because work mostly waits for partners' servers and push services. */
export const WORK_CONCURRENCY = 16;
