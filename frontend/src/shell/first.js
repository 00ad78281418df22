// Runs before the first paint, while the page's code is on its way: what is painted until then is in the visitor's own colours
// and language. A file of its own and not a module, for modules wait.
try {
  const { theme, locale } = JSON.parse(localStorage.getItem('recto.preferences') ?? '{}') ?? {}
  if (theme === 'light' || theme === 'dark') document.documentElement.classList.add(`shell-${theme}`)
  if (locale && locale !== document.documentElement.lang) document.documentElement.classList.add('shell-other-language')
} catch {
  // Storage may be forbidden: then it is as the system says.
}
