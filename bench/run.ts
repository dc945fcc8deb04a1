import { flags } from './flags.ts'
import { machine } from './machine.ts'

/** In the order they are run and printed. */
const benchmarks = [
  'kernel',
  'decode',
  'service',
  'start',
  'growth',
  'memory',
  'sizing',
  'overhead',
  'ami',
  'brush',
  'bombs',
  'hooks',
]

const unknown = flags.benchmarks.filter((name) => !benchmarks.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`no benchmark ${unknown.join(', ')}; there are ${benchmarks.join(', ')}\n`)
  process.exit(2)
}

process.stdout.write(`${machine()}\n\n`)
for (const name of benchmarks) {
  if (flags.benchmarks.length > 0 && !flags.benchmarks.includes(name)) continue
  process.stdout.write(`## ${name}\n\n`)
  const benchmark: { run(): Promise<void> } = await import(`./${name}.ts`)
  await benchmark.run()
}
