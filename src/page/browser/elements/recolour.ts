import type { LitElement } from 'lit'
import { takeOtherColours } from '../masks/label-colours.ts'

/** Gives labels other colours, wherever a part of the page shows them. */
export function recolour(root: ParentNode): void {
  takeOtherColours()
  for (const one of root.querySelectorAll<LitElement>('label-viewer, segment-list, pixel-readout'))
    one.requestUpdate()
}
