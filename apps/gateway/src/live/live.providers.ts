import type { Provider } from '@nestjs/common';
import { AdmitSocket } from './admit-socket.js';
import { LiveFigures } from './live-figures.js';
import { LiveGateway } from './live.gateway.js';
import { LiveRequests } from './live-requests.js';
import { LiveSessions } from './live-sessions.js';

/** The live channel, beside its consumer. */
export const LIVE_PROVIDERS: Provider[] = [AdmitSocket, LiveFigures, LiveRequests, LiveSessions, LiveGateway];
