import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Finds the client address of a connection behind trusted proxies. Needed for sockets, which bypass Fastify. */
export class ClientAddress {
  private readonly trusted = new BlockList();

  /** @param proxies addresses or networks: `10.0.0.1`, `10.0.0.0/8`, `fd00::/8` */
  constructor(proxies: readonly string[]) {
    for (const proxy of proxies) {
      const [address = '', prefixLength] = proxy.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      if (prefixLength === undefined) this.trusted.addAddress(address, family);
      else this.trusted.addSubnet(address, Number(prefixLength), family);
    }
  }

  /**
   * Returns the last address in the chain that is not a trusted proxy. The client can forge all addresses before it.
   */
  resolve(request: Pick<IncomingMessage, 'headers' | 'socket'>): string {
    const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
    let address = unmapIPv4(request.socket.remoteAddress ?? 'unknown');
    while (this.isTrusted(address)) {
      const previous = unmapIPv4(forwarded.pop()?.trim() ?? '');
      if (isIP(previous) === 0) break;
      address = previous;
    }
    return address;
  }

  private isTrusted(address: string): boolean {
    const version = isIP(address);
    return version !== 0 && this.trusted.check(address, version === 6 ? 'ipv6' : 'ipv4');
  }
}

/** Unwraps an IPv4-mapped IPv6 address. */
const unmapIPv4 = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');
