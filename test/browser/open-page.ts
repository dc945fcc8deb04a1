import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { type Service, startService } from '../http/service.ts'

export interface OpenedPage {
  readonly page: Page
  readonly service: Service
  /** What the console said, and what was asked of others. */
  readonly complaints: string[]
  close(): Promise<void>
}

/** The page of a service of its own. Everything that the console says is a complaint. */
export async function openPage(
  browser: Browser,
  path = '',
  { hash = '', ...context }: BrowserContextOptions & { readonly hash?: string } = {},
  env: Record<string, string> = {},
): Promise<OpenedPage> {
  const service = await startService({ MASKSCORE_THREADS: '1', ...env })
  const page = await browser.newPage({ viewport: { width: 1280, height: 1300 }, ...context })
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol === 'http:' && origin !== service.url) complaints.push(`asked ${request.url()}`)
  })
  await page.goto(`${service.url}${path || '/'}${hash}`)
  await page.locator('pair-screen').waitFor()
  return {
    page,
    service,
    complaints,
    close: async () => {
      await page.close()
      await service.close()
    },
  }
}
