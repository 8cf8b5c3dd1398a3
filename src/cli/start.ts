import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { toString as toQrText } from 'qrcode'
import { FieldmeshError } from '#model/fault'
import { isLocal, reachableAddresses } from './addresses.ts'
import { listen, portNote } from './listen.ts'
import { openBrowser } from './open-browser.ts'
import type { StartRequest } from './options.ts'
import { findPackage } from './package-root.ts'
import { createStaticHandler } from './static-files.ts'
import { untilStopped } from './until-stopped.ts'

const appDirectory = (given: string | undefined): string => {
  const directory = given === undefined ? join(findPackage().root, 'dist-app') : resolve(given)
  if (existsSync(join(directory, 'index.html'))) return directory
  throw new FieldmeshError(
    'options-invalid',
    `There is no app in ${directory} (index.html is missing): build it, or give --dir.`,
  )
}

/** Browsers give storage locks and cameras to secure pages only: https, or this very computer. */
const ELSEWHERE = 'Other devices need https in front of it (and --host 0.0.0.0): see "On other devices" in the README.'

/** The field app and a signaling server on one port, until the process is told to stop. */
export const start = async ({ host, port, dir, open }: StartRequest): Promise<void> => {
  const onRequest = await createStaticHandler(appDirectory(dir))
  const server = await listen({ host, ...(port !== undefined && { port }), allowedOrigins: ['self'], onRequest })
  const stopped = untilStopped()
  const [address, ...others] = reachableAddresses('http', host, server.port)
  const code = isLocal(address) ? '' : `\n${await toQrText(address, { type: 'terminal', small: true })}`
  const more = others.map((other) => `       or  ${other}\n`).join('')
  const hint = isLocal(address) ? 'Only this computer reaches it. ' : ''
  process.stdout.write(
    `${portNote(port, server.port)}\nfieldmesh  ${address}\n${more}${code}\n${hint}${ELSEWHERE}\nPress Ctrl+C to stop.\n`,
  )
  if (open) openBrowser(address)
  await stopped
  await server.close()
}
