import '@fontsource-variable/eb-garamond/wght.css'
import './styles/app.css'
import './styles/shell.css'

import { createPinia } from 'pinia'
import { createApp } from 'vue'

import App from './App.vue'
import { i18n, useLanguage } from './plugins/i18n'
import { keepShell } from './plugins/installed'
import { isEmbedded, makeRouter } from './plugins/router'
import { takePlace } from './plugins/takePlace'
import { nextTask, whenQuiet } from './plugins/tasks'
import { themeSheet } from './plugins/themeSheet'
import { makeVuetify } from './plugins/vuetify'
import { useInstitutionStore } from './stores/institution'
import { usePreferencesStore } from './stores/preferences'
import { useVersionStore } from './stores/version'

const pinia = createPinia()
const preferences = usePreferencesStore(pinia)
if (isEmbedded) preferences.lend(new URLSearchParams(location.search))
// Texts that cannot be had must not leave the page without any: English is here already.
await useLanguage(preferences.locale).catch(() => useLanguage('en'))
const { colour } = useInstitutionStore(pinia).institution
// In tasks of their own: on a slow phone they would together keep a finger waiting.
await nextTask()
const vuetify = makeVuetify(colour)
await nextTask()
// Drawn beside the document, in stages, and put into the place of what index.html shows when it has as much to show.
const root = document.createElement('div')
const app = createApp(App, { onDrawn: () => takePlace(document.getElementById('app'), root) })
app.use(pinia).use(i18n).use(themeSheet).use(vuetify)
await nextTask()
app.use(makeRouter())
await nextTask()
app.mount(root)

const version = useVersionStore(pinia)
// What it keeps for later must not hold up what is shown now.
whenQuiet(() => keepShell(import.meta.url, () => (version.isOutdated = true)).catch(() => undefined))
