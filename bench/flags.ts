import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    images: { type: 'string', default: '' },
  },
})

/** What the command line asks of all benchmarks. */
export const flags = {
  /** Which benchmarks; none means all. */
  benchmarks: positionals,
  /** How often every contender has its turn under load. */
  rounds: Number(values.rounds),
  /** How long one turn under load lasts, after a third of that for warming up. */
  seconds: Number(values.seconds),
  /** Whether the image of that name is to be measured; without `--images` all are. */
  wants: (image: string): boolean => values.images === '' || values.images.split(',').includes(image),
}
