/**
 * What a page of the app may load and do. The same stands in the pages themselves (`src/demo/page-policy.ts`), for hosts
 * that set no headers; `frame-ancestors` works in a header alone.
 *
 * - `connect-src`: signaling may be anywhere, since its address is the user's to set.
 * - `img-src data:`: codes of invitations are drawn by the page.
 * - `style-src` has no `'unsafe-inline'`: React sets styles by script, which no policy forbids, and what the inspector
 *   wears are constructed style sheets.
 * - `trusted-types default`: the one policy of the app, `src/demo/trusted-scripts.ts`, lets one worker start. Text never
 *   becomes HTML or a script.
 */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "manifest-src 'self'",
  "connect-src 'self' ws: wss:",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ')

/** What no script of the page may ask the browser for, ours and anybody's who gets one in. */
const NEVER = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]

/** Codes are for cameras; Copy writes an invitation to the clipboard. */
const OWN = ['camera', 'clipboard-write']

const PERMISSIONS = [...OWN.map((name) => `${name}=(self)`), ...NEVER.map((name) => `${name}=()`)].join(', ')

/** Goes with every file of the app: workers take their policy from the answer that they come in. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': PERMISSIONS,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}
