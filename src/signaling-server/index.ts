export { type Backplane, createMemoryBackplane } from './backplane.ts'
export { createSignalingServer, type SignalingServer, type SignalingServerOptions } from './create-signaling-server.ts'
export type { RequestHandler } from './http-endpoints.ts'
export { SIGNALING_LIMITS, type SignalingLimits } from './limits.ts'
