import { AppConfig } from '#libs/platform/config/index.js';

/** Analytics needs nothing beyond what every app reads. */
export class AnalyticsConfig extends AppConfig {}
