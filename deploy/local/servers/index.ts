export { SERVER_NAMES, STRATEGIES, ServerError, type RunningServer, type ServerName, type Strategy } from './server.js';
export { startServer, startServers, type StartServerOptions } from './start-server.js';
