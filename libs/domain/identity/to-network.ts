/**
 * Maps an IP address to the network by which sign-in attempts are counted: an IPv4 address to itself, an IPv6 address
 * to its /64, the prefix that a household or a rented server usually gets. For example, `::ffff:203.0.113.7` gives
 * `203.0.113.7`, and `2001:db8::9` gives `2001:db8:0:0::/64`.
 */
export function toNetwork(ipAddress: string): string {
  const [, mappedIpv4] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ipAddress) ?? [];
  if (mappedIpv4 !== undefined) return mappedIpv4;
  if (!ipAddress.includes(':')) return ipAddress;
  const [beforeGap = '', afterGap] = (ipAddress.split('%', 1)[0] ?? '').toLowerCase().split('::', 2);
  const leadingGroups = beforeGap === '' ? [] : beforeGap.split(':');
  const trailingGroups = afterGap === undefined || afterGap === '' ? [] : afterGap.split(':');
  const zeros = Array<string>(Math.max(0, 8 - leadingGroups.length - trailingGroups.length)).fill('0');
  const groups = afterGap === undefined ? leadingGroups : [...leadingGroups, ...zeros, ...trailingGroups];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
