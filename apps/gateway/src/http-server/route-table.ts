interface PatternRoute {
  readonly segments: readonly string[];
  readonly methods: readonly string[];
}

/** The methods of each path, for the `Allow` header. */
export class RouteTable {
  private readonly literal = new Map<string, string[]>();
  private readonly patterns: PatternRoute[] = [];

  /** @param url in Fastify's notation: `/v1/deliveries/:deliveryId`; catch-all routes are ignored */
  add(methods: readonly string[], url: string): void {
    if (url.includes('*')) return;
    if (url.includes(':')) this.patterns.push({ segments: url.split('/'), methods });
    else this.literal.set(url, [...(this.literal.get(url) ?? []), ...methods]);
  }

  /**
   * Returns the methods of a path in alphabetical order, including `OPTIONS`; `undefined` if there is no such path. A
   * literal route takes precedence over patterns: `/v1/invitations/accept` does not match
   * `/v1/invitations/:invitationId`.
   */
  findMethods(path: string): string[] | undefined {
    const methods = this.literal.get(path) ?? this.methodsOfPatterns(path);
    return methods.length === 0 ? undefined : [...new Set([...methods, 'OPTIONS'])].sort();
  }

  /** Whether the path has a literal route without this method. The router would then match a pattern by mistake. */
  isShadowedByPattern(method: string, path: string): boolean {
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
    pattern.every((segment, index) => (segment.startsWith(':') ? path[index] !== '' : segment === path[index]))
  );
}
