/**
 * The one way of imports: pages -> components -> composables -> stores -> api. Types may be named anywhere, since
 * they vanish in the build; values may not. Only src/api talks to the network. src/geometry is pure: everybody may
 * calculate with it, and it knows nobody.
 */
import type { Linter } from 'eslint'

const LAYERS = ['pages', 'components', 'composables', 'stores', 'api', 'geometry']
/** Whom each layer may call. A page reaches the network through a composable, never by itself. */
const MAY_IMPORT: Record<string, string[]> = {
  pages: ['components', 'composables', 'stores', 'geometry'],
  components: ['components', 'composables', 'stores', 'geometry'],
  composables: ['composables', 'stores', 'api', 'geometry'],
  stores: ['stores', 'api', 'geometry'],
  api: ['api', 'geometry'],
  geometry: ['geometry'],
}

const NETWORK = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource']
const NETWORK_MESSAGE = 'Only src/api talks to the network.'

function importRule(layer: string): Linter.RuleEntry {
  const forbidden = LAYERS.filter((other) => !MAY_IMPORT[layer]?.includes(other))
  const patterns = forbidden.map((other) => ({
    group: [`@/${other}/**`, `**/${other}/**`],
    allowTypeImports: true,
    message: `src/${layer} may not import src/${other}.`,
  }))
  return ['error', { patterns }]
}

function layerConfig(layer: string): Linter.Config {
  return {
    name: `recto/layer/${layer}`,
    files: [`src/${layer}/**/*.{ts,vue}`],
    ignores: ['**/*.spec.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': importRule(layer) },
  }
}

export const layers: Linter.Config[] = [
  ...LAYERS.map(layerConfig),
  {
    name: 'recto/network',
    files: ['src/**/*.{ts,vue}'],
    // The service worker passes requests of the page on; it asks for nothing of its own.
    ignores: ['src/api/**', 'src/testing/**', 'src/worker/**', '**/*.spec.ts'],
    rules: {
      'no-restricted-globals': ['error', ...NETWORK.map((name) => ({ name, message: NETWORK_MESSAGE }))],
      'no-restricted-properties': [
        'error',
        ...['window', 'globalThis', 'self'].flatMap((object) =>
          NETWORK.map((property) => ({ object, property, message: NETWORK_MESSAGE })),
        ),
        { object: 'navigator', property: 'sendBeacon', message: NETWORK_MESSAGE },
      ],
    },
  },
]
