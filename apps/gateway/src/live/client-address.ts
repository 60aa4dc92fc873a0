import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Finds whose connection it is, behind proxies that may be believed; for sockets, which Fastify does not see. */
export class ClientAddress {
  private readonly trusted = new BlockList();

  /** @param proxies addresses or networks: `10.0.0.1`, `10.0.0.0/8`, `fd00::/8` */
  constructor(proxies: readonly string[]) {
    for (const proxy of proxies) {
      const [address = '', bits] = proxy.split('/');
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      if (bits === undefined) this.trusted.addAddress(address, family);
      else this.trusted.addSubnet(address, Number(bits), family);
    }
  }

  /** The last address that no proxy of ours has: whatever stands before it may be the client's own invention. */
  of(request: Pick<IncomingMessage, 'headers' | 'socket'>): string {
    const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
    let address = plain(request.socket.remoteAddress ?? 'unknown');
    while (this.isTrusted(address)) {
      const before = plain(forwarded.pop()?.trim() ?? '');
      if (isIP(before) === 0) break;
      address = before;
    }
    return address;
  }

  private isTrusted(address: string): boolean {
    const version = isIP(address);
    return version !== 0 && this.trusted.check(address, version === 6 ? 'ipv6' : 'ipv4');
  }
}

/** An IPv4 address that an IPv6 socket tells. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');
