import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** Where Chromium is: `CHROMIUM`, or a usual name on the path; undefined where there is none. */
export const chromiumPath: string | undefined = findChromium()

export const whySkipped = chromiumPath
  ? ''
  : ' (skipped: there is no Chromium; install it, or name it in CHROMIUM)'

function findChromium(): string | undefined {
  const { CHROMIUM, PATH = '' } = process.env
  // The shell is the same engine without windows: tests take half the time in it.
  const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']
  const candidates = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return [...(CHROMIUM ? [CHROMIUM] : []), ...candidates].find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Without its sandbox, which root of a container may not have: it sees pages of this project alone. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath!,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
