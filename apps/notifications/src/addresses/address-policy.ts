import { BlockList, isIP } from 'node:net';

/**
 * IPv4 networks that are not on the public internet, from IANA's special-purpose registries (RFC 6890 and successors).
 * Requests to them are refused, so that a URL from a partner or an agent's device cannot reach DelAuto's network
 * (SSRF).
 */
const SPECIAL_V4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Parts of 2000::/3, IPv6's global unicast range, that are not public or that embed IPv4 addresses. */
const SPECIAL_V6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const specialV4 = new BlockList();
for (const [network, prefix] of SPECIAL_V4) specialV4.addSubnet(network, prefix, 'ipv4');
const specialV6 = new BlockList();
for (const [network, prefix] of SPECIAL_V6) specialV6.addSubnet(network, prefix, 'ipv6');
const globalUnicastV6 = new BlockList();
globalUnicastV6.addSubnet('2000::', 3, 'ipv6');

/** Whether a text is an IP address on the public internet. A text that is not an IP address is not public. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !specialV4.check(address, 'ipv4');
  if (version === 6) return globalUnicastV6.check(address, 'ipv6') && !specialV6.check(address, 'ipv6');
  return false;
}

/** Decides which URLs from partners and devices may be called. */
export class AddressPolicy {
  /** @param isPrivateAllowed also allows private addresses and plain HTTP; only for a local stack */
  constructor(readonly isPrivateAllowed: boolean) {}

  /**
   * Checks the URL's text without resolving its host name.
   * @returns the reason why the URL may not be called; `undefined` if it may
   */
  findUrlProblem(text: string): string | undefined {
    if (!URL.canParse(text)) return 'it is not a URL';
    const url = new URL(text);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'it must be an http(s) URL';
    if (url.username !== '' || url.password !== '') return 'it must not hold a user name or password';
    if (this.isPrivateAllowed) return undefined;
    if (url.protocol !== 'https:') return 'it must use https';
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(host) !== 0 && !isPublicAddress(host)) return 'its address is not on the public internet';
    return undefined;
  }
}
