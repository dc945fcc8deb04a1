import type { Browser, BrowserContextOptions } from 'playwright-core'
import { type Service, startService } from '../http/service.ts'
import { type WatchedPage, watchedPage } from './watched-page.ts'

export interface OpenedPage extends WatchedPage {
  readonly service: Service
  close(): Promise<void>
}

/** The page of a service of its own. */
export async function openPage(
  browser: Browser,
  path = '',
  { hash = '', ...context }: BrowserContextOptions & { readonly hash?: string } = {},
  env: Record<string, string> = {},
): Promise<OpenedPage> {
  const service = await startService({ ...env })
  const watched = await watchedPage(browser, service, `${path || '/'}${hash}`, context)
  return {
    ...watched,
    service,
    close: async () => {
      await watched.page.close()
      await service.close()
    },
  }
}
