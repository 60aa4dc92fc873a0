import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problems.module.js';
import { RouteTable } from './route-table.js';

const readPath = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? '';

/**
 * Responds to `OPTIONS` with the methods of the path, and to methods that the path does not have with 405 and `Allow`.
 * Must be called before routes and the CORS plugin are registered. Preflights, which have the header
 * `Access-Control-Request-Method`, are left to the plugin.
 */
export function respondToUnsupportedMethods(server: FastifyInstance): void {
  const routes = new RouteTable();
  server.addHook('onRoute', ({ method, url }) => routes.add([method].flat(), url));

  server.addHook('onRequest', (request, reply, done) => {
    const isMethodsRequest = request.method === 'OPTIONS' && !('access-control-request-method' in request.headers);
    const allow = isMethodsRequest ? routes.findMethods(readPath(request)) : undefined;
    if (allow)
      void reply
        .status(204)
        .headers({ allow: allow.join(', '), 'x-request-id': request.id })
        .send();
    else done();
  });

  // Runs after every hook that adds headers, and before the body is read.
  server.addHook('preParsing', (request, _reply, payload, done) => {
    const path = readPath(request);
    const allow =
      request.is404 || routes.isShadowedByPattern(request.method, path) ? routes.findMethods(path) : undefined;
    if (!allow) return done(null, payload);
    return done(Problem.of('method_not_allowed', `Use ${allow.join(', ')}.`, { allow }));
  });
}
