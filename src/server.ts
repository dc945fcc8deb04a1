import { cacheCompiledCode } from './compile-cache.ts'
import { sizeThreadPool } from './thread-pool.ts'

cacheCompiledCode(process.env)
sizeThreadPool(process.env)
// Only now, so that both hold for all that is loaded.
const { loadSettings, SettingsError } = await import('./settings/settings.ts')
try {
  const settings = loadSettings(process.env)
  const { serve } = await import('./serve.ts')
  await serve(settings)
} catch (error) {
  // A mistake of the operator or a port that is taken: the message says all, a stack would bury it.
  const expected = error instanceof SettingsError || 'syscall' in (error as object)
  console.error(expected ? withRemedy(error as NodeJS.ErrnoException) : error)
  process.exit(1)
}

function withRemedy({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE')
    return `${message}. Stop what listens there, or take another port, as with MASKSCORE_PORT=8081.`
  if (code === 'EACCES') return `${message}. Take a port from 1024 on: MASKSCORE_PORT=8080.`
  return message
}
