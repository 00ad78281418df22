/** Vuetify with Recto's two papers: a light wall and a dark one; the prints bring the colour. */
import 'vuetify/styles/core'

import { createVuetify } from 'vuetify'
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg'

import type { Institution } from '@/stores/institution'

// Vuetify dims labels to 60 %, which is too faint on these papers (WCAG AA asks for 4.5 : 1).
const variables = { 'medium-emphasis-opacity': 0.8 }

const light = {
  dark: false,
  variables,
  colors: {
    background: '#f1f0ed',
    surface: '#fbfaf8',
    'surface-variant': '#e3e1dc',
    'on-surface-variant': '#3d3b37',
    'on-background': '#1d1c1a',
    'on-surface': '#1d1c1a',
    primary: '#23395b',
    'on-primary': '#ffffff',
    secondary: '#5f5b54',
    error: '#9a2b1e',
    success: '#2f5d3a',
    'on-success': '#ffffff',
    warning: '#7a5200',
    mat: '#ffffff',
    muted: '#5f5b54',
    line: '#d6d3cc',
  },
}

const dark = {
  dark: true,
  variables,
  colors: {
    background: '#161615',
    surface: '#201f1e',
    'surface-variant': '#33312f',
    'on-surface-variant': '#d9d5cd',
    'on-background': '#ece9e3',
    'on-surface': '#ece9e3',
    primary: '#a9c1e2',
    'on-primary': '#10203a',
    secondary: '#aaa59b',
    error: '#f0a193',
    success: '#a3cfae',
    'on-success': '#12301b',
    warning: '#e6c07b',
    mat: '#2b2a28',
    muted: '#aaa59b',
    line: '#3b3936',
  },
}

/** The papers, with the institution's colour for what can be done, where it has one. */
export function makeVuetify(colour: Institution['colour'] = null) {
  const themes = colour ? { light: painted(light, colour.light, '#ffffff'), dark: painted(dark, colour.dark, '#161615') } : { light, dark }
  return createVuetify({
    icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
    theme: { defaultTheme: 'system', themes },
    defaults: {
      VBtn: { variant: 'text' },
      VTextField: { variant: 'outlined', density: 'compact', hideDetails: 'auto' },
    },
  })
}

function painted(theme: typeof light, primary: string, onPrimary: string): typeof light {
  return { ...theme, colors: { ...theme.colors, primary, 'on-primary': onPrimary } }
}
