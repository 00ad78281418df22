/**
 * Takes Vuetify's theme to the browser as a style sheet object.
 *
 * Vuetify would write a <style> element, for which the Content-Security-Policy had to allow every inline style, or a
 * nonce that makes each answer of the server another one. A head manager may take its place (Vuetify asks for
 * `usehead`): this one keeps nothing but the text of the theme.
 */
import type { App } from 'vue'

interface Head {
  style: { textContent: string }[]
}

type Read = () => Head

export const themeSheet = {
  install(app: App): void {
    const sheet = new CSSStyleSheet()
    document.adoptedStyleSheets.push(sheet)
    const show = (read: Read): void => sheet.replaceSync(read().style.map((one) => one.textContent).join('\n'))
    app.provide('usehead', {
      push(read: Read) {
        show(read)
        return { patch: show }
      },
    })
  },
}
