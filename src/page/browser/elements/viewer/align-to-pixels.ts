/** Puts a stage on a whole pixel of the screen: between two, a browser would stretch what is drawn exactly. */
export function alignToPixels(stage: HTMLElement, host: HTMLElement): void {
  const { left, top } = host.getBoundingClientRect()
  const toWhole = (edge: number) => `${Math.ceil(edge) - edge}px`
  stage.style.marginLeft = toWhole(left + scrollX)
  stage.style.marginTop = toWhole(top + scrollY)
}
