import { defineConfig } from '@playwright/test'

import { findChromium, NO_BROWSER, NO_SERVER } from './browser'

const executablePath = findChromium()
// A stack under test has a certificate that it signed itself.
const anyCertificate = process.env.RECTO_E2E_ANY_CERTIFICATE === '1'

// The list of tests does not say why one is skipped. Workers read this file, too; once is enough.
if (process.env.TEST_WORKER_INDEX === undefined) {
  if (executablePath === null) console.log(`The browser tests are skipped. ${NO_BROWSER}`)
  if (!process.env.RECTO_E2E_URL) console.log(`The browser tests are skipped. ${NO_SERVER}`)
}

const launchOptions = {
  ...(executablePath ? { executablePath } : {}),
  // Quiet: no sandbox in containers, and no talk of the browser's own to anyone.
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

/** A camera that shows a test picture, and leave to use it. */
export const WITH_A_CAMERA = { ...launchOptions, args: [...launchOptions.args, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] }

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  reporter: [['list']],
  // The server under test may share two cores with everything else: waiting long costs nothing where all is well.
  workers: 1,
  // What fails once on a busy machine and then holds is reported as flaky, to be looked into; it does not hold back the rest.
  retries: process.env.CI ? 1 : 0,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  use: {
    baseURL: process.env.RECTO_E2E_URL,
    ignoreHTTPSErrors: anyCertificate,
    locale: 'en-GB',
    colorScheme: 'light',
    // What a service worker keeps would outlive the test that asked for it; everywhere.spec.ts allows them for itself.
    serviceWorkers: 'block',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Quiet: no sandbox in containers, and no talk of the browser's own to anyone.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Service workers are looked at more strictly than pages.
        ...(anyCertificate ? ['--ignore-certificate-errors'] : []),
      ],
    },
  },
  projects: [
    // What no page's width changes is tried once.
    { name: 'phone', grepInvert: /@desktop/, use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } },
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 } } },
  ],
})
