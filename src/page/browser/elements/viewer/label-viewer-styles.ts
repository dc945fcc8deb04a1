import { css } from 'lit'

/** The dark stage, the same in both themes, and what lies on it. */
export const labelViewerStyles = css`
  .stage { position: relative; background: var(--stage); border-radius: var(--round); overflow: hidden; block-size: var(--stage-size, clamp(20rem, 62vh, 46rem)) }
  @media (forced-colors: active) { .stage { forced-color-adjust: none } }
  canvas { position: absolute; display: block; touch-action: none; cursor: crosshair; image-rendering: pixelated }
  canvas:focus-visible { outline: 2px solid #8ab0ff; outline-offset: -3px }
`
