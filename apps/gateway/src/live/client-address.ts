import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Finds the client's IP address for a connection behind trusted proxies. Needed for sockets, which bypass Fastify. */
export class ClientAddress {
  private readonly trusted = new BlockList();

  /** @param proxies IP addresses or networks: `10.0.0.1`, `10.0.0.0/8`, `fd00::/8` */
  constructor(proxies: readonly string[]) {
    for (const proxy of proxies) {
      const [ipAddress = '', prefixLength] = proxy.split('/');
      const family = isIP(ipAddress) === 6 ? 'ipv6' : 'ipv4';
      if (prefixLength === undefined) this.trusted.addAddress(ipAddress, family);
      else this.trusted.addSubnet(ipAddress, Number(prefixLength), family);
    }
  }

  /**
   * Returns the last IP address in the chain that is not a trusted proxy. The client can forge all addresses before it.
   */
  resolve(request: Pick<IncomingMessage, 'headers' | 'socket'>): string {
    const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
    let ipAddress = unmapIPv4(request.socket.remoteAddress ?? 'unknown');
    while (this.isTrusted(ipAddress)) {
      const previousIpAddress = unmapIPv4(forwarded.pop()?.trim() ?? '');
      if (isIP(previousIpAddress) === 0) break;
      ipAddress = previousIpAddress;
    }
    return ipAddress;
  }

  private isTrusted(ipAddress: string): boolean {
    const version = isIP(ipAddress);
    return version !== 0 && this.trusted.check(ipAddress, version === 6 ? 'ipv6' : 'ipv4');
  }
}

/** Unwraps an IPv4-mapped IPv6 address. */
const unmapIPv4 = (ipAddress: string): string => ipAddress.replace(/^::ffff:(?=\d+\.)/, '');
