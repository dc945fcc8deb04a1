import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Service } from '../http/service.ts'

export interface WatchedPage {
  readonly page: Page
  /** What the console said, and what was asked of others. */
  readonly complaints: string[]
}

/** The page of a service at an address. Everything that the console says is a complaint. */
export async function watchedPage(
  browser: Browser,
  service: Service,
  address: string,
  context: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1300 }, ...context })
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol === 'http:' && origin !== service.url) complaints.push(`asked ${request.url()}`)
  })
  await page.goto(service.url + address)
  await page.locator('app-shell main > *').first().waitFor({ state: 'attached' })
  return { page, complaints }
}
