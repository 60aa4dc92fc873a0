interface PatternRoute {
  readonly segments: readonly string[];
  readonly methods: readonly string[];
}

/** The methods of each path, for the `Allow` header. */
export class RouteTable {
  private readonly literalRoutes = new Map<string, string[]>();
  private readonly patternRoutes: PatternRoute[] = [];

  /** @param url in Fastify's notation: `/v1/deliveries/:deliveryId`; catch-all routes are ignored */
  add(methods: readonly string[], url: string): void {
    if (url.includes('*')) return;
    if (url.includes(':')) this.patternRoutes.push({ segments: url.split('/'), methods });
    else this.literalRoutes.set(url, [...(this.literalRoutes.get(url) ?? []), ...methods]);
  }

  /**
   * Returns the methods of a path in alphabetical order, including `OPTIONS`; `undefined` if there is no such path. A
   * literal route takes precedence over patterns: `/v1/invitations/accept` does not match
   * `/v1/invitations/:invitationId`.
   */
  findMethods(path: string): string[] | undefined {
    const methods = this.literalRoutes.get(path) ?? this.findPatternMethods(path);
    return methods.length === 0 ? undefined : [...new Set([...methods, 'OPTIONS'])].sort();
  }

  /** Whether the path has a literal route without this method. The router would then match a pattern by mistake. */
  isShadowedByPattern(method: string, path: string): boolean {
    return this.literalRoutes.get(path)?.includes(method) === false;
  }

  private findPatternMethods(path: string): string[] {
    const segments = path.split('/');
    return this.patternRoutes
      .filter((route) => matchesPattern(route.segments, segments))
      .flatMap((route) => route.methods);
  }
}

function matchesPattern(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((segment, index) => (segment.startsWith(':') ? path[index] !== '' : segment === path[index]))
  );
}
