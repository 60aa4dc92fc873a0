interface KnownRoute {
  readonly segments: readonly string[];
  readonly methods: readonly string[];
}

/** Which methods a path has, for `Allow`. */
export class RouteTable {
  private readonly routes: KnownRoute[] = [];

  /** @param url in Fastify's notation: `/v1/deliveries/:deliveryId`; catch-all routes say nothing of a path */
  add(methods: readonly string[], url: string): void {
    if (!url.includes('*')) this.routes.push({ segments: url.split('/'), methods });
  }

  /** The methods of a path in alphabetical order, `OPTIONS` included; `undefined` where there is no such path. */
  methodsOf(path: string): string[] | undefined {
    const segments = path.split('/');
    const methods = this.routes.filter((route) => matches(route.segments, segments)).flatMap((route) => route.methods);
    return methods.length === 0 ? undefined : [...new Set([...methods, 'OPTIONS'])].sort();
  }
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((segment, at) => (segment.startsWith(':') ? path[at] !== '' : segment === path[at]))
  );
}
