import { buildApp } from '../app.ts'
import { type OpenApiDocument, openApiDocument } from '../openapi/document.ts'
import { loadSettings } from '../settings/settings.ts'

/** The OpenAPI document of a service with default settings, put together for this alone. */
export async function contractDocument(): Promise<OpenApiDocument> {
  const app = await buildApp(loadSettings({ MASKSCORE_THREADS: '1', MASKSCORE_LOG_LEVEL: 'silent' }))
  try {
    return openApiDocument(app.registeredRoutes)
  } finally {
    await app.close()
  }
}
