import { ESLint } from 'eslint'
import { beforeAll, describe, expect, it } from 'vitest'

/** The lint rules that keep the layers apart bite where they should; see eslint.layers.ts. */
const eslint = new ESLint()

// The first file loads every plugin, which takes seconds on a busy machine.
beforeAll(() => complaints('src/api/first.ts', ''), 60_000)

async function complaints(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath })
  return (result?.messages ?? []).map((message) => message.message).filter((text) => /may not import|network/.test(text))
}

const script = (code: string): string => `<script setup lang="ts">\n${code}\n</script>\n`

describe('the layers', () => {
  it.each([
    ['src/pages/APage.vue', script("import { getInfo } from '@/api/catalogue'")],
    ['src/components/AThing.vue', script("import { getInfo } from '@/api/catalogue'")],
    ['src/components/AThing.vue', script("import { getInfo } from '../api/catalogue'")],
    ['src/components/AThing.vue', script("import APage from '@/pages/APage.vue'")],
    ['src/composables/useThing.ts', "import AThing from '@/components/AThing.vue'"],
    ['src/stores/things.ts', "import { useThing } from '@/composables/useThing'"],
    ['src/api/things.ts', "import { useThings } from '@/stores/things'"],
    ['src/geometry/things.ts', "import { getInfo } from '@/api/catalogue'"],
  ])('%s may not: %s', async (file, code) => {
    expect(await complaints(file, code)).toHaveLength(1)
  })

  it.each([
    ['src/pages/APage.vue', script("import AThing from '@/components/AThing.vue'")],
    ['src/components/AThing.vue', script("import { useThing } from '@/composables/useThing'\nimport type { Info } from '@/api/types'")],
    ['src/composables/useThing.ts', "import { getInfo } from '@/api/catalogue'"],
    ['src/components/AThing.vue', script("import { WHOLE } from '@/geometry/points'")],
    ['src/api/things.ts', "import { WHOLE } from '@/geometry/points'"],
  ])('%s may: %s', async (file, code) => {
    expect(await complaints(file, code)).toEqual([])
  })

  it.each(['fetch("/x")', 'window.fetch("/x")', 'new XMLHttpRequest()', 'navigator.sendBeacon("/x")'])(
    'only src/api may %s',
    async (code) => {
      expect(await complaints('src/composables/useThing.ts', code)).toHaveLength(1)
      expect(await complaints('src/api/things.ts', code)).toEqual([])
    },
  )
})
