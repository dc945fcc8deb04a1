import { buildApp } from '../app.ts'
import { loadSettings } from '../settings/settings.ts'

/** The OpenAPI document of a service with default settings, put together for this alone. */
export async function contractDocument(): Promise<object> {
  const app = await buildApp(loadSettings({ MASKSCORE_THREADS: '1', MASKSCORE_LOG_LEVEL: 'silent' }))
  try {
    return app.swagger()
  } finally {
    await app.close()
  }
}
