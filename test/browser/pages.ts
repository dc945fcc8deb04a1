import type { Browser, BrowserContextOptions } from 'playwright-core'
import { type Service, startService } from '../http/service.ts'
import { startChromium } from './chromium.ts'
import { type WatchedPage, watchedPage } from './watched-page.ts'

export interface OpenedPage extends WatchedPage {
  readonly service: Service
}

/** Pages in one browser. Those that want the same environment share their service, as starting one takes a second. */
export class Pages {
  readonly browser: Browser
  readonly #services = new Map<string, Promise<Service>>()

  private constructor(browser: Browser) {
    this.browser = browser
  }

  static async start(): Promise<Pages> {
    return new Pages(await startChromium())
  }

  service(env: Record<string, string> = {}): Promise<Service> {
    const key = JSON.stringify(env)
    const started = this.#services.get(key) ?? startService(env)
    this.#services.set(key, started)
    return started
  }

  async open(
    path = '/',
    { hash = '', ...context }: BrowserContextOptions & { readonly hash?: string } = {},
    env: Record<string, string> = {},
  ): Promise<OpenedPage> {
    const service = await this.service(env)
    return { ...(await watchedPage(this.browser, service, path + hash, context)), service }
  }

  async close(): Promise<void> {
    await this.browser.close()
    for (const service of this.#services.values()) await (await service).close()
  }
}
