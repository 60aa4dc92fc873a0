import { packagesFor, parseMissingLibraries } from './shared-libraries.js';
import { compareVersions, parseVersion } from './version.js';

describe('versions', () => {
  it.each([
    ['db version v6.0.5\nBuild Info: {', [6, 0, 5]],
    ['nats-server: v2.15.1', [2, 15, 1]],
    ['Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0', [7, 0, 15]],
    ['version 8000GB 4.48 pypi linux amd64', [4, 48]],
    ['no number at all', undefined],
  ])('are parsed from %j', (text, version) => {
    expect(parseVersion(text)).toEqual(version);
  });

  it('compare numerically, not as text', () => {
    expect(compareVersions([2, 9, 10], [2, 10])).toBeLessThan(0);
    expect(compareVersions([7, 0, 0], [7, 0])).toBe(0);
    expect(compareVersions([10], [9, 9, 9])).toBeGreaterThan(0);
  });
});

describe('shared libraries', () => {
  it('that are missing are found, with their Debian packages without duplicates', () => {
    const ldd = [
      '\tlinux-vdso.so.1 (0x00007ffd)',
      '\tlibcurl.so.4 => not found',
      '\tlibcrypto.so.3 => not found',
      '\tlibssl.so.3 => not found',
      '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)',
    ].join('\n');
    const missing = parseMissingLibraries(ldd);
    expect(missing).toEqual(['libcurl.so.4', 'libcrypto.so.3', 'libssl.so.3']);
    expect(packagesFor(missing)).toEqual(['libcurl4', 'libssl3']);
  });
});
