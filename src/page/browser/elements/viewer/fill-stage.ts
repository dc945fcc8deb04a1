import { wholeSide } from '../../masks/view.ts'

/** Makes a canvas as large as what it lies in, whole in the pixels of CSS and in those of the screen. @returns the room there was */
export function fillStage(canvas: HTMLCanvasElement): { readonly width: number; readonly height: number } {
  const { width, height } = canvas.parentElement?.getBoundingClientRect() ?? canvas
  for (const [side, room] of [
    ['width', width],
    ['height', height],
  ] as const) {
    const whole = wholeSide(room, devicePixelRatio)
    canvas[side] = Math.round(whole * devicePixelRatio)
    canvas.style[side] = `${whole}px`
  }
  return { width, height }
}
