import { describe, expect, it } from 'vitest'

import { readInstitution } from './institution'

const parse = (html: string): Document => new DOMParser().parseFromString(html, 'text/html')

describe('the institution', () => {
  it('is what the server wrote into the page', () => {
    const content = '{&quot;name&quot;: &quot;Musée &amp; Cabinet&quot;, &quot;url&quot;: &quot;https://musee.example&quot;, &quot;logo_url&quot;: null, &quot;colour&quot;: null}'
    const page = parse(`<head><meta name="recto:institution" content="${content}"></head>`)
    expect(readInstitution(page)).toMatchObject({ name: 'Musée & Cabinet', url: 'https://musee.example' })
  })

  it('is nobody where nothing is written', () => {
    expect(readInstitution(parse('<title>Recto</title>'))).toEqual({ name: '', url: '', logo_url: null, colour: null })
  })
})
