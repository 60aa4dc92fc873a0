import helmet from '@fastify/helmet';
import fastify from 'fastify';

/**
 * Returns the headers that helmet sets. They are computed once instead of for each request, because they are constant
 * for an API. A page that needs a looser policy sets its own header.
 */
export async function computeSecurityHeaders(): Promise<Readonly<Record<string, string>>> {
  const server = fastify();
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    hsts: { maxAge: 31_536_000, includeSubDomains: true },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    // These concern outdated browsers or HTML pages, so an API does not need them.
    dnsPrefetchControl: false,
    ieNoOpen: false,
    originAgentCluster: false,
    permittedCrossDomainPolicies: false,
    xssFilter: false,
  });
  server.get('/', () => '');
  const { headers } = await server.inject('/');
  await server.close();
  const perResponseHeaders = new Set(['content-length', 'content-type', 'date', 'connection']);
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !perResponseHeaders.has(name))
      .map(([name, value]) => [name, String(value)]),
  );
}
