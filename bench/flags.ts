import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    images: { type: 'string', default: '' },
    items: { type: 'string' },
    against: { type: 'string' },
    quick: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
})

/** What the command line asks of all benchmarks. */
export const flags = {
  /** Which benchmarks; none means all. */
  benchmarks: positionals,
  /** How often every contender has its turn under load. */
  rounds: Number(values.rounds ?? (values.quick ? 1 : 3)),
  /** How long one turn under load lasts, after a third of that for warming up. */
  seconds: Number(values.seconds ?? (values.quick ? 1 : 2)),
  /** How many pairs a dataset has; undefined: as the benchmark says. */
  items: values.items === undefined ? undefined : Number(values.items),
  /** Folder of an earlier checkout, whose idle service is compared; undefined: this one, with evaluations off. */
  against: values.against,
  /** Fewer rounds and images: a look, not a measurement. */
  quick: values.quick,
  /** Writes the run into docs/performance.md. */
  record: values.record,
  /** Whether the image of that name is to be measured; without `--images` all are. */
  wants: (image: string): boolean => values.images === '' || values.images.split(',').includes(image),
}
