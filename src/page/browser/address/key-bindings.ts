import { areKeysOn } from './key-switch.ts'

/** What a key does, for the page and for its help. */
export interface KeyBinding {
  readonly keys: readonly string[]
  readonly what: string
}

export const keyBindings: readonly KeyBinding[] = [
  { keys: ['1', '2', '3', '4', '5'], what: 'Ground truth, prediction, difference, loss, photo' },
  { keys: ['←', '→', '↑', '↓'], what: 'Move, while the masks have the focus; with Shift far' },
  { keys: ['+', '−', '0'], what: 'Zoom in, zoom out, show all' },
  { keys: ['n', 'p'], what: 'Next, previous segment by its share of the loss' },
  { keys: ['Enter'], what: 'Open: read the chosen segment out, or open the chosen image of two runs' },
  { keys: ['m'], what: 'Match labels by shapes or by names' },
  { keys: ['o'], what: 'Outlines of the ground truth' },
  { keys: ['[', ']'], what: 'Colours cover less, more' },
  { keys: ['c'], what: 'Other colours for labels' },
  { keys: ['s'], what: 'Slider between ground truth and prediction' },
  { keys: ['h'], what: 'Hide one colour of the difference after the other' },
  { keys: ['x'], what: 'Exchange the two sides, or the two runs' },
  { keys: ['v'], what: 'Focus the masks' },
  { keys: ['j', 'k'], what: 'Next, previous image of a run, or of two' },
  { keys: ['Esc'], what: 'Back: from an image to its run, from a run to all' },
  { keys: ['?'], what: 'This list' },
]

/** Whether a key is meant for the page, and not for a field or the browser. */
export function isForPage(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || !areKeysOn()) return false
  const [target] = event.composedPath()
  if (!(target instanceof Element)) return true
  // Enter presses what has the focus.
  if (event.key === 'Enter' && target.closest('a, button, summary')) return false
  return !target.closest('input, select, textarea, dialog')
}
