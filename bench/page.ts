import { chromiumPath, startChromium } from '../test/browser/chromium.ts'
import { type Figure, measurings } from '../test/browser/page-figures.ts'
import { median } from './measure.ts'
import { print } from './output.ts'
import { maskscore } from './service/commands.ts'
import { startServer } from './service/server-process.ts'
import { printTable } from './table.ts'
import { atMost } from './verdict.ts'

const rounds = 3

/** How long the page lets people wait, in Chromium on this machine, and how large it is. */
export async function run(): Promise<void> {
  if (!chromiumPath) {
    print('Chromium is not there: the page is not measured.\n')
    return
  }
  const server = await startServer(maskscore())
  const browser = await startChromium()
  try {
    const measured: Figure[] = []
    for (const measure of Object.values(measurings))
      for (let round = 0; round < rounds; round++)
        measured.push(...(await measure(browser, `http://127.0.0.1:${server.port}/`)))
    printTable({
      title: 'The page',
      reading: `Milliseconds unless said otherwise, medians of ${rounds}; each is meant to be at most its goal.`,
      columns: ['what', 'measured'],
      rows: [...Map.groupBy(measured, ({ what }) => what)].map(([what, figures]) => {
        const [{ goal, unit }] = figures
        return [what, atMost(median(figures.map(({ value }) => value)), goal, unit)]
      }),
    })
  } finally {
    await browser.close()
    await server.stop()
  }
}
