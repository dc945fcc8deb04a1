import type { ReactiveControllerHost } from 'lit'
import type { ViewAddress } from '../address/view-address.ts'
import type { Layer } from '../masks/layers.ts'
import type { View } from '../masks/view.ts'
import type { Match } from './pair-source.ts'

/** How a screen looks at its pair, as addresses say it. */
export class Look {
  layer: Layer = 'difference'
  /** How labels are matched, where somebody chose. */
  match: Match | undefined
  /** Undefined until the masks are there, which are then seen whole. */
  view: View | undefined
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>
  readonly #remember: () => void

  /** @param remember puts it into the address */
  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>, remember: () => void) {
    this.#host = host
    this.#remember = remember
  }

  get address(): ViewAddress {
    const { layer, match, view } = this
    return { layer, match, zoom: view?.zoom, centre: view && [view.x, view.y] }
  }

  set address({ layer, match, zoom, centre }: ViewAddress) {
    this.layer = layer
    this.match = match
    this.view = zoom === undefined || !centre ? undefined : { zoom, x: centre[0], y: centre[1] }
    this.#host.requestUpdate()
  }

  takeLayer = ({ detail }: CustomEvent<Layer>): void => {
    this.layer = detail
    this.#host.requestUpdate()
    this.#remember()
  }

  takeView = ({ detail }: CustomEvent<View>): void => {
    this.view = detail
    this.#remember()
  }
}
