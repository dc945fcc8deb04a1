import { Refusal } from '../../problems/refusal.ts'
import { ToolClient, type ToolClientOptions } from '../tool-client.ts'

interface Place {
  readonly base: URL
  readonly client: ToolClient
}

/** Fetches the PNGs that a callback names, from the configured addresses alone. */
export class ScaleImageClient {
  readonly #places: readonly Place[]

  constructor(
    baseUrls: readonly string[],
    optionsOf: (baseUrl: string) => Omit<ToolClientOptions, 'tool' | 'accept'>,
  ) {
    this.#places = baseUrls.map((baseUrl) => ({
      base: new URL(baseUrl.replace(/\/*$/, '/')),
      client: new ToolClient({ ...optionsOf(baseUrl), tool: 'The store of the masks', accept: 'image/png' }),
    }))
  }

  /** @throws Refusal FORBIDDEN for an address below none of the configured ones, and what `ToolClient` throws */
  async get(address: string, signal: AbortSignal): Promise<Uint8Array> {
    // Dots in the path are resolved here, so that no address leads out of a configured one.
    const url = new URL(address)
    const place = this.#places.find(
      ({ base }) => base.origin === url.origin && url.pathname.startsWith(base.pathname),
    )
    if (!place)
      throw new Refusal(
        'FORBIDDEN',
        `A mask lies at ${url.origin}, below no address of MASKSCORE_SCALE_IMAGE_URLS, so it is not fetched.`,
      )
    const path = url.pathname.slice(place.base.pathname.length - 1) + url.search
    return place.client.get(path, signal)
  }
}
