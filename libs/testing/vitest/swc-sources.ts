import { transform } from '@swc/core';
import type { Plugin } from 'vitest/config';

/**
 * Compiles TypeScript with SWC and the settings of the build (`.swcrc`), which Vite's own transform cannot do: constructor
 * injection needs the metadata of decorators.
 */
export function swcSources(): Plugin {
  return {
    name: 'swc-sources',
    config: () => ({ oxc: false }),
    transform: {
      filter: { id: { include: /\.ts$/, exclude: /node_modules/ } },
      handler: async (code, id) => {
        const { code: compiled, map } = await transform(code, { filename: id, sourceMaps: true });
        return { code: compiled, ...(map === undefined ? {} : { map }) };
      },
    },
  };
}
