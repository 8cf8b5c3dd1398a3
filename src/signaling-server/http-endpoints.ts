import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

interface Endpoints {
  /** The counts as Prometheus text. */
  readonly counts: () => string
  readonly isReady: () => boolean
  readonly onRequest?: RequestHandler | undefined
}

const answer = (response: ServerResponse, status: number, text: string) =>
  void response
    .writeHead(status, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' })
    .end(text)

const NOT_HERE = [404, 'This is a fieldmesh signaling server: connect with a WebSocket.\n'] as const

/** An application's handler that fails costs one answer and not the server. */
const delegate = async (handler: RequestHandler, request: IncomingMessage, response: ServerResponse) => {
  try {
    await handler(request, response)
  } catch {
    if (response.headersSent) response.destroy()
    else answer(response, 500, 'internal error\n')
  }
}

/** `/healthz`, `/readyz` and `/metrics`; everything else goes to the application, if there is one. */
export const createRequestHandler = ({ counts, isReady, onRequest }: Endpoints): RequestListener => {
  const answers = new Map<string, () => readonly [status: number, text: string]>([
    ['/healthz', () => [200, 'ok\n']],
    ['/readyz', () => (isReady() ? [200, 'ready\n'] : [503, 'not ready\n'])],
    ['/metrics', () => [200, counts()]],
  ])
  return (request, response) => {
    const own = answers.get(request.url?.split('?', 1)[0] ?? '/')
    if (own) answer(response, ...own())
    else if (onRequest) void delegate(onRequest, request, response)
    else answer(response, ...NOT_HERE)
  }
}
