import { flags } from './flags.ts'
import { machine } from './machine.ts'
import { takePrinted } from './output.ts'
import { record, recordedBenchmarks } from './record.ts'

/** In the order they are run and printed. */
const benchmarks = [
  'kernel',
  'decode',
  'service',
  'dataset',
  'evaluations',
  'start',
  'growth',
  'memory',
  'sizing',
  'overhead',
  'ami',
  'families',
  'boundary',
  'detection',
  'volumes',
  'soft',
  'brush',
  'bombs',
  'hooks',
  'overload',
  'faults',
  'page',
  'newcomer',
]

const unknown = flags.benchmarks.filter((name) => !benchmarks.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`no benchmark ${unknown.join(', ')}; there are ${benchmarks.join(', ')}\n`)
  process.exit(2)
}

const recorded = flags.record ? recordedBenchmarks() : []
const wanted = (name: string): boolean =>
  flags.benchmarks.length > 0 ? flags.benchmarks.includes(name) : !flags.record || recorded.includes(name)

for (const name of benchmarks.filter(wanted)) {
  const day = new Date().toISOString().slice(0, 10)
  const conditions = `${machine()}\n${flags.rounds} rounds${flags.quick ? ' (--quick)' : ''}, ${day}.`
  takePrinted()
  const benchmark: { run(): Promise<void> } = await import(`./${name}.ts`)
  process.stdout.write(`## ${name}\n\n${conditions}\n\n`)
  await benchmark.run()
  // As soon as it is there: a run that is stopped keeps what it has measured.
  if (recorded.includes(name)) record(name, conditions, takePrinted())
}
