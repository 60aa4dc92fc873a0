interface KnownRoute {
  readonly segments: readonly string[];
  readonly methods: readonly string[];
}

/** Which methods a path has, for `Allow`. */
export class RouteTable {
  private readonly literal = new Map<string, string[]>();
  private readonly patterns: KnownRoute[] = [];

  /** @param url in Fastify's notation: `/v1/deliveries/:deliveryId`; catch-all routes say nothing of a path */
  add(methods: readonly string[], url: string): void {
    if (url.includes('*')) return;
    if (url.includes(':')) this.patterns.push({ segments: url.split('/'), methods });
    else this.literal.set(url, [...(this.literal.get(url) ?? []), ...methods]);
  }

  /**
   * The methods of a path in alphabetical order, `OPTIONS` included; `undefined` where there is no such path. A path that is a
   * route's to the letter is no example of a pattern: `/v1/invitations/accept` is no invitation.
   */
  methodsOf(path: string): string[] | undefined {
    const methods = this.literal.get(path) ?? this.methodsOfPatterns(path);
    return methods.length === 0 ? undefined : [...new Set([...methods, 'OPTIONS'])].sort();
  }

  /** Whether the router would take this path for an example of a pattern, as its own route has no such method. */
  isMistaken(method: string, path: string): boolean {
    return this.literal.get(path)?.includes(method) === false;
  }

  private methodsOfPatterns(path: string): string[] {
    const segments = path.split('/');
    return this.patterns.filter((route) => matches(route.segments, segments)).flatMap((route) => route.methods);
  }
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((segment, at) => (segment.startsWith(':') ? path[at] !== '' : segment === path[at]))
  );
}
